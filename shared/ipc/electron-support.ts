/**
 * Until when the makers of Electron mend a major version, ISO days, as of the last of them. They mend the
 * newest three (electronjs.org/docs, “Electron Releases”), and a new one has come every eight weeks: the day
 * on which the third after it is due.
 */
const MENDED_UNTIL: Readonly<Record<number, string>> = {
  43: '2026-12-15',
  44: '2027-02-09',
  45: '2027-04-06',
};
/** When the last of them came: those that are older than all of these were no longer mended by then. */
const OLDER_UNTIL = '2026-10-20';

/** The day until which an Electron (“45.4.1”) is mended; null for one that came after this was written. */
export function mendedUntil(electron: string): string | null {
  const major = Number(/^\d+/.exec(electron)?.[0] ?? Number.NaN);
  const oldest = Math.min(...Object.keys(MENDED_UNTIL).map(Number));
  if (major < oldest) return OLDER_UNTIL;
  return MENDED_UNTIL[major] ?? null;
}

/**
 * What a station says at its start once its Electron isn't mended any more, by its own clock: nobody else
 * tells a machine without a network. Null before.
 */
export function ageNotice(electron: string, now: Date): string | null {
  const until = mendedUntil(electron);
  if (until === null || now.toISOString().slice(0, 10) <= until) return null;
  return `This Airlock is built on Electron ${electron}, whose makers mended it until ${until} at the latest. By this machine’s clock that is over. Nothing stops working. Have a newer Airlock brought when there is time: homes and transcripts stay as they are.`;
}
