import type { TokenKind } from '../../../shared/token/token-kind';
import type { Finding } from '../../../shared/transcript/verdict';
import { type Html, html, name } from '../html';
import type { ReportInput } from '../input';
import { findingWords } from '../story/finding-words';

const KINDS: Readonly<Record<Finding['verdict'], string>> = {
  broken: 'Contradiction',
  incomplete: 'Gap',
};

/**
 * What the check of the transcript found, one row each: what, where, what it means, what settles it. `kind`:
 * of the token that the plan makes.
 */
export function findingsSection({ verification }: ReportInput, kind: TokenKind): Html {
  const { findings, notes } = verification;
  const place = (station: string, line: number | null): Html => {
    const label = verification.stations.find((each) => each.name === station)?.label || station;
    return html`${station === '' ? 'The whole archive' : name(label)}${line === null ? '' : `, line ${line}`}`;
  };
  const rows = [
    ...findings.map(({ code, verdict, station, line, message }) => ({
      kind: KINDS[verdict],
      alarming: verdict === 'broken',
      place: place(station, line),
      message,
      ...findingWords(code, kind),
    })),
    ...notes.map(({ station, line, message }) => ({
      kind: 'Observation',
      alarming: false,
      place: place(station, line),
      message,
      effect: 'Nothing is missing or contradicts because of it.',
      action: 'To be read, nothing more.',
    })),
  ];
  return html`<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
<p class="lead">${
    findings.length === 0
      ? 'The check of the record found nothing that is missing and nothing that contradicts.'
      : 'What the check of the record found. A contradiction has to be explained before anything here is relied on; a gap, to be filled.'
  }${rows.length > 0 && findings.length === 0 ? ' It leaves this to be read:' : ''}</p>
${
  rows.length === 0
    ? null
    : html`<div class="wide"><table class="stacked findings"><thead><tr><th scope="col">No.</th><th scope="col">Kind</th><th scope="col">Where</th><th scope="col">What was found</th><th scope="col">What it means</th><th scope="col">What settles it</th></tr></thead><tbody>
${rows.map(
  (row, i) =>
    html`<tr><th scope="row" data-label="No.">${i + 1}</th><td data-label="Kind"><span class="${row.alarming ? 'tag' : 'kind-tag'}">${row.kind}</span></td><td data-label="Where"><b>${row.place}</b></td><td data-label="What was found">${row.message}</td><td data-label="What it means">${row.effect}</td><td data-label="What settles it">${row.action}</td></tr>
`,
)}</tbody></table></div>`
}</section>`;
}
