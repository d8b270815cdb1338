import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import { toBase64 } from '../../shared/bytes';
import { Html, html } from './html';
import type { ReportInput } from './input';
import { codesSection } from './section/codes';
import { factsSection } from './section/facts';
import { findingsSection } from './section/findings';
import { linesSection } from './section/lines';
import { outcomeSection } from './section/outcome';
import { peopleSection } from './section/people';
import { scriptSection } from './section/script';
import { signOffSection } from './section/sign-off';
import { timeline } from './section/timeline';
import { verificationSection } from './section/verification';
import { witnessedSection } from './section/witnessed';
import { factsOf } from './story/facts';
import { lanesOf } from './story/lanes';
import { causalOrder } from './story/order';
import { outcomeOf } from './story/outcome';
import { rowsOf } from './story/rows';
import { scriptsOf } from './story/script';
import { pageStyle } from './style';
import { wordsOfCeremony, wordsOfNonce } from './words';

export type { ReportInput } from './input';

/**
 * Draws `report.html` of an archive folder: one page for someone who has the folder and no Airlock. It needs
 * nothing but the QR pictures beside it, runs no script, and says only what journals and verification say.
 * `story/` finds out what the journals tell, without markup; `section/` has one file for each part of the
 * page.
 */
export function reportPage(archive: ReportInput): string {
  const { title, style, body } = parts(archive);
  return document(
    html`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'sha256-${toBase64(sha256(utf8.decode(style)))}'; base-uri 'none'; form-action 'none'">
<title>${title}</title>
<style>${trusted(style)}</style>`,
    body,
  );
}

/** The same page for a window that may load no style but `report.css`, which is the other part. */
export function reportSheet(archive: ReportInput): { readonly page: string; readonly style: string } {
  const { title, style, body } = parts(archive);
  const head = html`<title>${title}</title>
<link rel="stylesheet" href="report.css">`;
  return { page: document(head, body), style };
}

const document = (head: Html, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
${head}
</head>
<body>
${body}
</body>
</html>
`.text;

interface Parts {
  readonly title: string;
  readonly style: string;
  readonly body: Html;
}

function parts(archive: ReportInput): Parts {
  const lanes = lanesOf(archive.stations);
  const lines = causalOrder(lanes.map((lane) => lane.lines));
  const facts = factsOf(lanes, lines);
  const outcome = outcomeOf(facts, lanes, lines, archive.verification);
  const rows = rowsOf(lanes, lines, archive.verification.findings);
  const kind = facts.plan?.tokenKind ?? 'root';
  const scripts = scriptsOf(lanes);
  const drawn = timeline(lanes, rows, kind);
  const rehearsal = archive.verification.rehearsal || lines.some(({ line }) => line.rehearsal);
  const words = wordsOfCeremony(
    archive.verification.ceremony || (lines.find(({ line }) => line.ceremony !== '')?.line.ceremony ?? ''),
  );
  const title = facts.plan?.title || (words === '' ? 'Ceremony' : `Ceremony ${words}`);
  const attempt = facts.attempts.findLast(({ end }) => end === 'complete') ?? facts.attempts.at(-1);
  const style = pageStyle(drawn.geometry, { rehearsal, words });
  return {
    title: `${rehearsal ? 'REHEARSAL: ' : ''}${title}, root-token ceremony`,
    style,
    body: html`<header class="bar"><b>Airlock</b>${words === '' ? null : html`<span><span class="soft">Ceremony</span> <b>${words}</b></span>`}${attempt ? html`<span><span class="soft">Attempt</span> <b>${wordsOfNonce(attempt.nonce)}</b></span>` : null}${rehearsal ? html`<span class="pill">Rehearsal</span>` : null}</header>
${rehearsal ? html`<div class="watermark" aria-hidden="true">REHEARSAL</div>` : null}
<main>
<p class="kind">Report of a root-token ceremony</p>
<h1>${title}</h1>
${rehearsal ? html`<p class="rehearsal"><b>REHEARSAL</b> <span>${lines.every(({ line }) => line.rehearsal) ? 'Every line' : 'Not every line, but at least one'} of these journals is marked as a rehearsal. It shows that the procedure works, and is no record of a real ceremony.</span></p>` : null}
${outcomeSection(outcome)}
${findingsSection(archive, kind)}
${factsSection(facts, lanes.length)}
${peopleSection(facts)}
${scriptSection(scripts, facts)}
${drawn.markup}
${witnessedSection(lanes, archive.verification.findings)}
${verificationSection(archive)}
${codesSection(archive, lanes, rows, facts.people)}
${linesSection(lanes, lines)}
${signOffSection(
  scripts.findLast(({ script }) => script.until === null),
  facts,
)}
</main>`,
  };
}

/** The style sheet is ours, and its hash is in the page's policy: escaping would change it. */
const trusted = (style: string): Html => new Html(style);
