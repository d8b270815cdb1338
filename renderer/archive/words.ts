import type { Concern, PageCeremony } from '../../shared/archive/page';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The name of a month by its number, 1 to 12. */
export const monthName = (month: number): string => MONTHS[month - 1] ?? '';

/** A day by its ISO form, as it is read: 24 Nov 2026. */
export function dayText(at: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(at) ?? [];
  return year === '' ? 'no time' : `${Number(day)} ${monthName(Number(month))} ${year}`;
}

/** A moment to the second, in UTC. */
export const timeText = (at: string): string =>
  /^\d{4}-/.test(at) ? `${dayText(at)}, ${at.slice(11, 19)} UTC` : at;

/** A time span in the two largest units that it has. */
export function spanText(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`;

/** What a ceremony is called where it has no title. */
export const titleOf = ({ title, words }: PageCeremony): string => (title === '' ? words : title);

export const verdictText = ({ verdict }: PageCeremony): string => verdict ?? 'gone by law';

/** What became of its root tokens. */
export function tokensText({ tokens, revoked }: PageCeremony): string {
  if (tokens === 0) return 'none made';
  if (revoked >= tokens) return tokens === 1 ? 'revoked' : `${tokens} revoked`;
  return tokens === 1 ? 'not proven revoked' : `${tokens - revoked} of ${tokens} not proven revoked`;
}

export const CONCERNS: Readonly<Record<Concern, string>> = {
  'not-revoked': 'Root token not proven revoked',
  contradiction: 'Something contradicts: broken',
  'missing-journal': 'A journal is missing',
  'missing-witness': 'A witness is missing',
  incomplete: 'Something else is missing: incomplete',
  changed: 'Another verdict than when it was added',
};
