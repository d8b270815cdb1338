const FORM = /^(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/;

/**
 * Seconds of a duration as Vault's clients write it: whole seconds without a unit (`90`), or days, hours,
 * minutes and seconds (`2d`, `1h30m0s`). `null` for any other text, so for negative durations too.
 */
export function parseDuration(text: string): number | null {
  const match = FORM.exec(text);
  if (match === null) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((count) => Number(count ?? 0));
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
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
