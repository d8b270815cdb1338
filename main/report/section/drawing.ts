import { type Html, html } from '../html';
import type { Lane } from '../story/lanes';
import type { Mark, Row } from '../story/rows';

/** Widths in lanes: the air gap, and room at both ends. */
const GAP = 1.1;
const END = 0.25;

/** Where the lanes of a drawing stand, in percent of its width. */
export interface Geometry {
  /** Width in lanes. */
  readonly units: number;
  readonly x: readonly number[];
  /** The air gap between offline and online lanes; null where there is only one kind. */
  readonly gap: { readonly x: number; readonly width: number } | null;
  /** First and last row of each lane in which something happens there. */
  readonly spans: readonly { readonly first: number; readonly last: number }[];
}

export function geometryOf(lanes: readonly Lane[], rows: readonly Row[]): Geometry {
  const offline = lanes.filter(({ online }) => !online).length;
  const gap = offline > 0 && offline < lanes.length ? GAP : 0;
  const units = lanes.length + gap + 2 * END;
  const percent = (unit: number): number => Math.round((unit / units) * 10_000) / 100;
  return {
    units,
    x: lanes.map((_, i) => percent(END + i + 0.5 + (i < offline ? 0 : gap))),
    gap: gap === 0 ? null : { x: percent(END + offline + 0.05), width: percent(gap - 0.1) },
    spans: lanes.map((_, lane) => {
      const touched = rows.flatMap((row, i) => (lanesOfRow(row).includes(lane) ? [i] : []));
      return { first: touched[0] ?? -1, last: touched.at(-1) ?? -1 };
    }),
  };
}

const lanesOfRow = (row: Row): number[] =>
  row.kind === 'moment' ? [row.lane] : [row.from?.lane ?? -1, row.to?.lane ?? -1];

/** One row of the drawing: as high as the row, whatever its text needs. The text beside it says the same. */
export const drawing = (row: Row, i: number, geometry: Geometry): Html =>
  html`<svg class="g" aria-hidden="true" focusable="false">${ground(i, geometry)}${
    row.kind === 'message' ? arrow(row, geometry) : moment(row, geometry)
  }</svg>`;

/** The lanes behind the head of the drawing. */
export const gapOfHead = ({ gap }: Geometry): Html | null =>
  gap &&
  html`<svg class="g" aria-hidden="true" focusable="false"><rect class="gap" x="${gap.x}%" width="${gap.width}%" height="100%"/></svg>`;

function ground(i: number, { gap, x, spans }: Geometry): Html {
  const band = gap && html`<rect class="gap" x="${gap.x}%" width="${gap.width}%" height="100%"/>`;
  const lanes = x.map((at, lane) => {
    const { first, last } = spans[lane] ?? { first: -1, last: -1 };
    const busy = first >= 0 && i >= first && i <= last;
    const idle = html`<line class="idle" x1="${at}%" x2="${at}%" y1="0" y2="100%"/>`;
    if (!busy) return idle;
    const [from, to] = [i === first ? '50%' : '0', i === last ? '50%' : '100%'];
    return html`${idle}<line class="busy" x1="${at}%" x2="${at}%" y1="${from}" y2="${to}"/>`;
  });
  return html`${band}${lanes}`;
}

const place = (x: number, shape: Html): Html => html`<svg x="${x}%" y="50%" class="at">${shape}</svg>`;

const TO_RIGHT = html`<path class="head" d="M-1 0l-12 -7v14z"/>`;
const TO_LEFT = html`<path class="head" d="M1 0l12 -7v14z"/>`;

function arrow(row: Extract<Row, { kind: 'message' }>, { x, gap, units }: Geometry): Html {
  const half = 70 / units;
  const known = row.from ?? row.to;
  const anchor = x[known?.lane ?? 0] ?? 0;
  // Only one end is known: towards the gap, from either side.
  const outside = gap && anchor > gap.x ? anchor - half : anchor + half;
  const from = row.from ? (x[row.from.lane] ?? 0) : outside;
  const to = row.to ? (x[row.to.lane] ?? 0) : outside;
  const whole = row.from !== null && row.to !== null;
  return html`<line class="${whole ? 'arrow' : 'arrow stub'}" x1="${from}%" x2="${to}%" y1="50%" y2="50%"/>${
    row.from && place(from, html`<circle class="tail" r="5"/>`)
  }${row.to ? place(to, from < to ? TO_RIGHT : TO_LEFT) : place(to, html`<path class="end" d="M0 -6v12"/>`)}`;
}

function moment(row: Extract<Row, { kind: 'moment' }>, { x, gap, units }: Geometry): Html {
  const at = x[row.lane] ?? 0;
  const outside = gap && at > gap.x ? at - 70 / units : at + 70 / units;
  const plain = row.plain && html`<line class="unsigned" x1="${at}%" x2="${outside}%" y1="50%" y2="50%"/>`;
  return html`${plain}${place(at, shapes[row.mark](row.count))}`;
}

const shapes: Readonly<Record<Mark, (count: string) => Html>> = {
  dot: () => html`<circle class="dot" r="5"/>`,
  step: () => html`<circle class="step" r="8"/>`,
  count: (count) =>
    html`<rect class="count" x="-20" y="-13" width="40" height="26" rx="13"/><text class="count-text" y="5.5">${count}</text>`,
  token: () => html`<path class="token" d="M0 -11l11 11l-11 11l-11 -11z"/>`,
  revoked: () => html`<circle class="revoked" r="12"/><path class="tick" d="M-5.5 0.5l4 4l7 -8"/>`,
  destroyed: () =>
    html`<circle class="destroyed" r="11"/><path class="cross" d="M-5 -5l10 10m0 -10l-10 10"/>`,
  alarm: () => html`<path class="alarm-mark" d="M0 -13l14 25h-28z"/><path class="bang" d="M0 -4v8m0 3v2.5"/>`,
};

/** A mark on its own, for the legend. */
export const sample = (mark: Mark, count = ''): Html =>
  html`<svg class="sample" viewBox="-22 -15 44 30" width="44" height="30" aria-hidden="true" focusable="false">${shapes[mark](count)}</svg>`;

export const sampleArrow: Html = html`<svg class="sample" viewBox="-22 -15 44 30" width="44" height="30" aria-hidden="true" focusable="false"><path class="arrow" d="M-17 0h30"/><circle class="tail" cx="-16" r="5"/><path class="head" d="M20 0l-12 -7v14z"/></svg>`;
