import { Refusal } from './reply';

const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/**
 * Seconds of a duration as Vault takes it: whole seconds without a unit, whole days with `d`, or Go's `1h30m`.
 * Throws `Refusal` 400 with Go's words.
 */
export function parseDuration(text: string): number {
  if (text === '') return 0;
  if (/^-?\d+$/.test(text)) return Number(text);
  if (/^-?\d+d$/.test(text)) return Number(text.slice(0, -1)) * 86_400;
  let seconds = 0;
  let rest = text.replace(/^[-+]/, '');
  do {
    const [part, count, unit] = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest) ?? [];
    if (part === undefined) throw new Refusal(400, `time: invalid duration "${text}"`);
    if (!unit) throw new Refusal(400, `time: missing unit in duration "${text}"`);
    const unitSeconds = SECONDS[unit];
    if (unitSeconds === undefined) {
      throw new Refusal(400, `time: unknown unit "${unit}" in duration "${text}"`);
    }
    seconds += Number(count) * unitSeconds;
    rest = rest.slice(part.length);
  } while (rest !== '');
  return text.startsWith('-') ? -seconds : seconds;
}

/** The duration in hours, minutes and seconds, without those that are none: `768h`, `1h30m`. */
export function durationText(seconds: number): string {
  const parts: readonly [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [Math.floor(seconds % 60), 's'],
  ];
  const text = parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
  return text === '' ? '0s' : text;
}
