import type { CeremonyRow } from '../../archive/index/tables';
import { printable } from '../parts/table';

/** A ceremony of a list, as programs read it. */
export const ceremonyJson = (row: CeremonyRow) => ({
  ceremony: row.id,
  words: row.words,
  title: row.title,
  ticket: row.ticket,
  server: row.server,
  ...(row.namespace === '' ? {} : { namespace: row.namespace }),
  tokenKind: row.token_kind,
  from: row.began,
  to: row.ended,
  verdict: row.verdict,
  by: row.by_people ? 'people' : 'folder',
  rehearsal: row.rehearsal === 1,
  tokens: row.tokens,
  revoked: row.revoked,
  stations: row.stations,
  lines: row.lines,
  additions: row.additions,
  held: row.held === 1,
  tombstone: row.tombstone,
});

/** A ceremony of a list, on one line for people. */
export function ceremonyLine(row: CeremonyRow): string {
  const marks = [
    verdictText(row),
    ...(row.tokens > row.revoked ? ['not proven revoked'] : []),
    ...(row.rehearsal ? ['rehearsal'] : []),
    ...(row.held ? ['on hold'] : []),
  ];
  const named = [row.title, row.ticket, row.server].filter((text) => text !== '');
  return printable(`${dayOf(row.began)}  ${row.words}  ${[marks.join(', '), ...named].join(' · ')}`);
}

/** Its verdict, or that there is nothing to verify any more. */
export const verdictText = ({ verdict, tombstone, additions }: CeremonyRow): string =>
  tombstone !== null && additions === 0 ? 'gone by law' : verdict;

const dayOf = (time: string): string => (time === '' ? '----------' : time.slice(0, 10));

const COLUMNS = [
  'ceremony',
  'words',
  'title',
  'ticket',
  'server',
  'tokenKind',
  'from',
  'to',
  'verdict',
  'by',
  'rehearsal',
  'tokens',
  'revoked',
  'stations',
  'lines',
  'additions',
  'held',
  'tombstone',
] as const satisfies readonly (keyof ReturnType<typeof ceremonyJson>)[];

/** Ceremonies as CSV with a line of names. A cell that a spreadsheet would run begins with '. */
export const ceremonyCsv = (rows: readonly CeremonyRow[]): string =>
  [COLUMNS, ...rows.map(ceremonyJson).map((row) => COLUMNS.map((name) => row[name]))]
    .map((cells) => `${cells.map(cell).join(',')}\n`)
    .join('');

function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
