import type { Finding } from '../../../shared/transcript/verdict';
import { type Html, html, name } from '../html';
import type { Lane } from '../story/lanes';
import { type WitnessedRow, witnessedRows } from '../story/witnessed';

/** Who witnessed what in the middle of the ceremony, up to where, when, and what they noted. */
export function witnessedSection(lanes: readonly Lane[], findings: readonly Finding[]): Html | null {
  const rows = witnessedRows(lanes, findings);
  if (rows.length === 0) return null;
  return html`<section aria-labelledby="witnessed"><h2 id="witnessed">Witnessed in the middle</h2>
<p class="lead">What a witness saw of a station’s journal while the ceremony went on, by the witness’s own clock, and signed. A journal that was written anew after that no longer begins with these lines.</p>
<div class="wide"><table class="stacked witnessed"><thead><tr><th scope="col">Witness</th><th scope="col">Station</th><th scope="col">Seen up to</th><th scope="col">When, UTC</th><th scope="col">Noted</th><th scope="col">Kept by</th></tr></thead><tbody>
${rows.map(
  (
    row,
  ) => html`<tr><th scope="row" data-label="Witness">${name(row.name)}</th><td data-label="Station">${name(row.station)}</td><td data-label="Seen up to">line ${row.lines}</td><td data-label="When, UTC">${time(row.seenAt)}</td><td data-label="Noted">${noted(row)}</td><td data-label="Kept by">${row.keptBy.map((label, i) => html`${i === 0 ? '' : ', '}${name(label)}`)}${row.wrong.map((text) => html`<p class="found">Verification: ${text}</p>`)}</td></tr>
`,
)}</tbody></table></div></section>`;
}

const time = (iso: string): Html =>
  html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time>`;

const noted = ({ deviations }: WitnessedRow): Html =>
  deviations.length === 0
    ? html`<span class="soft">nothing</span>`
    : html`${deviations.map(
        ({ at, line, text }) => html`<p>${time(at)}${line === 0 ? '' : `, line ${line}`}: ${name(text)}</p>`,
      )}`;
