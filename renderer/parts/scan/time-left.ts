/** Only the last arrivals tell how fast it goes now. */
const window = 12;
/** Fewer say nothing. */
const least = 3;
/** Shorter than this, in milliseconds, chance rules. */
const shortest = 1_000;

/**
 * Seconds until `missing` more parts are in, by the pace at which new ones came; null until that is known,
 * and when none have come for a while. `arrivals`: times of new parts, rising; `now`: milliseconds too.
 *
 * Every further part of a fountain is almost surely new, so that what is missing is about what has to come.
 */
export function secondsLeft(arrivals: readonly number[], missing: number, now: number): number | null {
  const last = arrivals.slice(-window);
  const [first] = last;
  const latest = last.at(-1);
  if (first === undefined || latest === undefined || last.length < least) return null;
  const gap = (latest - first) / (last.length - 1);
  const silence = now - latest;
  if (latest - first < shortest || silence > Math.max(3_000, 4 * gap)) return null;
  // A part that is late slows the pace already.
  const pace = Math.max(gap, silence);
  return (missing * pace) / 1000;
}

/** "about 8 s", no finer than it is known. */
export function timeText(seconds: number): string {
  if (seconds <= 10) return `about ${Math.max(1, Math.ceil(seconds))} s`;
  if (seconds <= 90) return `about ${Math.ceil(seconds / 5) * 5} s`;
  return `about ${Math.ceil(seconds / 60)} min`;
}
