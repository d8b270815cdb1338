import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from '../../store/home';
import { type StationContext, stationJournal } from '../station-context';
import { dropExpired, listIntroductions } from './kept';
import { destroySealingKey, recordDestroyed, SEALING_KEY_LIFETIME_MS } from './sealing-key';

/**
 * Destroys the one-time keys of introductions: of those that have expired, and of those that a crash left on
 * the disk without naming them in the list. Throws `StoreError` 'cannot-destroy', 'state-broken'.
 */
export function sweepIntroductionKeys(context: StationContext, rehearsal: boolean): void {
  const { home } = context;
  const now = context.clock();
  const dropped = dropExpired(home, now) + dropStrays(home, now);
  for (let i = 0; i < dropped; i++) recordDestroyed(() => stationJournal(context, rehearsal));
}

/** Keys that no list names: the program ended between writing the key and writing the list. */
function dropStrays(home: Home, now: Date): number {
  const listed = new Set(listIntroductions(home, now).map(({ digest }) => home.stationSecret(digest)));
  return readdirSync(home.dir)
    .filter((name) => /^station-[0-9a-f]{16}\.pgp$/.test(name))
    .map((name) => join(home.dir, name))
    .filter((path) => !listed.has(path) && isOutlived(path, now) && destroySealingKey(path)).length;
}

/** Whether a key's file is older than any key may get. */
export const isOutlived = (path: string, now: Date): boolean =>
  existsSync(path) && now.getTime() - statSync(path).mtimeMs > SEALING_KEY_LIFETIME_MS;
