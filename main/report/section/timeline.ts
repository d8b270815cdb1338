import { type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import { type Html, html, name } from '../html';
import type { Lane } from '../story/lanes';
import type { MessageRow, MomentRow, Row } from '../story/rows';
import { wordsOfDigest } from '../words';
import { drawing, type Geometry, gapOfHead, geometryOf, sample, sampleArrow } from './drawing';

interface Timeline {
  readonly markup: Html;
  readonly geometry: Geometry;
}

/**
 * The ceremony as a drawing: a column for each station, time downwards, and beside each row what happened.
 * `kind`: what the plan makes, which the legend says the end of.
 */
export function timeline(lanes: readonly Lane[], rows: readonly Row[], kind: TokenKind): Timeline {
  const geometry = geometryOf(lanes, rows);
  // A name that has no room over its column stands in a list instead: none is cut off.
  const numbered = lanes.some(({ label }) => widthOf(label) > HEAD);
  return {
    geometry,
    markup: html`<section aria-labelledby="timeline">
<h2 id="timeline">Timeline</h2>
<p class="lead">A column for each station, time downwards. What a station wrote comes in its own order, and a message is sent before it is received; the times are those of each station’s own clock, and clocks behind an air gap may be wrong.</p>
${legend(rows, kind)}
${numbered ? html`<ol class="lane-key">${lanes.map(({ label, role }) => html`<li>${name(label)}${role === '' ? '' : `, ${role}`}</li>`)}</ol>` : null}
<div class="wide"><table class="timeline${lanes.length > NARROW_LANES ? ' many' : ''}${numbered ? ' numbered' : ''}">
<caption class="unseen">The ceremony, row by row: which station did what, and which message crossed from whom to whom</caption>
<thead><tr><th scope="col" class="drawing"><span class="unseen">Drawing: one column for each station</span>${gapOfHead(geometry)}${heads(lanes, geometry, numbered)}</th><th scope="col" class="time">Time, UTC</th><th scope="col">What happened</th></tr></thead>
<tbody>
${rows.map((row, i) => tableRow(lanes, rows, row, i, geometry))}
</tbody></table></div>
</section>`,
  };
}

/** Characters of a name that fit over a column, where a wide one counts twice. */
const HEAD = 19;
/** More stations than these leave no room for words beside the drawing on a phone: the words stay. */
const NARROW_LANES = 7;

/** Characters that most fonts draw twice as wide. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff00-\uff60]/gu;
const widthOf = (label: string): number => [...label].length + (label.match(WIDE)?.length ?? 0);

const heads = (lanes: readonly Lane[], { gap }: Geometry, numbered: boolean): Html =>
  html`<div class="heads" aria-hidden="true">${lanes.map(
    (lane, i) =>
      html`<div class="lane-head lane-${i}"><b>${numbered ? i + 1 : lane.label}</b>${!numbered && lane.role !== '' && lane.role.toLowerCase() !== lane.label.toLowerCase() && !lane.label.toLowerCase().startsWith(lane.role.toLowerCase()) ? html` <span>${lane.role}</span>` : null}</div>`,
  )}${gap && html`<div class="lane-head gap-head"><span>air gap</span></div>`}</div>`;

function legend(rows: readonly Row[], kind: TokenKind): Html {
  const marks = new Set(rows.map((row) => (row.kind === 'moment' ? row.mark : '')));
  const item = (mark: Parameters<typeof sample>[0], text: string): Html | null =>
    marks.has(mark) ? html`<li>${sample(mark, mark === 'count' ? '1/3' : '')} ${text}</li>` : null;
  return html`<ul class="legend"><li>${sampleArrow} a message, carried and taken in</li>${item('step', 'a step')}${item('count', 'shares accepted')}${item('token', 'the token was seen or used')}${item('revoked', `the token ${tokenKindWords(kind).died}`)}${item('destroyed', 'secret destroyed')}${item('alarm', 'read this')}${
    rows.some(({ tokenAlive }) => tokenAlive)
      ? html`<li><span class="alive-sample"></span> the token is alive</li>`
      : null
  }</ul>`;
}

function tableRow(
  lanes: readonly Lane[],
  rows: readonly Row[],
  row: Row,
  i: number,
  geometry: Geometry,
): Html {
  const day = row.at.slice(0, 10);
  const alarm =
    row.findings.length > 0 || (row.kind === 'moment' ? row.mark === 'alarm' : isUnaccounted(row));
  return html`<tr class="${row.tokenAlive ? 'alive' : ''}${alarm ? ' alarming' : ''}"><td class="drawing">${drawing(row, i, geometry)}</td><td class="time"><time datetime="${row.at}">${day === rows[i - 1]?.at.slice(0, 10) ? null : html`<span class="day">${day}</span> `}${row.at.slice(11, 19)}</time></td><td class="what">${
    row.kind === 'message' ? message(lanes, row) : moment(lanes, row)
  }${row.findings.map((text) => html`<p class="found">Verification: ${text}</p>`)}</td></tr>
`;
}

const CARRIERS: ReadonlyMap<string, string> = new Map([
  ['qr', 'QR code'],
  ['paste', 'pasted'],
]);
/** These are shown to many, or made after a journal's last line: nobody need have taken them in. */
const MAY_STAND_ALONE: ReadonlySet<string> = new Set([
  'identity',
  'station',
  'checkpoint',
  'signature',
  'log',
  'witness',
]);
const isUnaccounted = (row: MessageRow): boolean =>
  (row.to === null || row.from === null || row.from.line === 0) &&
  !MAY_STAND_ALONE.has(row.type) &&
  row.refused === null &&
  row.withdrawn === '';

function message(lanes: readonly Lane[], row: MessageRow): Html {
  const { from, to, refused } = row;
  const sender =
    from === null
      ? html`A station outside of this archive`
      : html`${name(lanes[from.lane]?.label ?? '')}${from.line > 0 ? ` line ${from.line}` : ''}`;
  const place = ({ lane, line }: { readonly lane: number; readonly line: number }): Html =>
    html`${name(lanes[lane]?.label ?? '')} line ${line}`;
  const untaken =
    refused === null
      ? html`taken in by no station of this archive${row.withdrawn === '' ? '' : ` (withdrawn: ${row.withdrawn})`}`
      : html`refused by ${place(refused)}`;
  const receiver = to === null ? untaken : place(to);
  const shown =
    to !== null && from !== null && from.at !== ''
      ? html` · <span class="uncut">shown ${from.at.slice(11, 19)}</span>`
      : null;
  return html`<p><b class="type">${row.type}</b> <span class="words">${wordsOfDigest(row.digest)}</span></p><p class="soft">${sender} <span aria-hidden="true">→</span><span class="unseen"> to </span> ${receiver} · <span class="uncut">${CARRIERS.get(row.carrier) ?? row.carrier}</span>${shown}</p>`;
}

const moment = (lanes: readonly Lane[], row: MomentRow): Html =>
  html`<p class="${row.mark === 'dot' ? 'minor' : 'moment'}">${row.text}</p><p class="soft">${name(lanes[row.lane]?.label ?? '')} line ${row.line}</p>`;
