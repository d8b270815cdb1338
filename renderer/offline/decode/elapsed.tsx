/** A span of time as a clock shows it, in whole seconds: 00:03:12, or 51:03:12. */
export function Elapsed({ seconds, late = false }: { readonly seconds: number; readonly late?: boolean }) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (
    <span className={late ? 'words clock clock-late' : 'words clock'} role="timer">
      {parts.map((part) => String(part).padStart(2, '0')).join(':')}
    </span>
  );
}

/** Whole seconds since a time (ISO), none where that lies ahead. */
export const secondsSince = (now: number, since: string): number =>
  Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
