import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EventName } from '../../shared/transcript/event';
import type { Home } from './home';
import { readJournal } from './journal-lines';
import { listPeople } from './people';
import { SEALS } from './seal/seal-file';
import { eraseFile } from './secret-file';
import { reasonOf, StoreError } from './store-error';

/** What a home's journal says before anything has happened that others rely on. */
const ofNoAccount: ReadonlySet<EventName> = new Set([
  'journal-opened',
  'program-build',
  'message-sent',
  'message-refused',
  'home-sealed',
  'home-backed-up',
]);

/**
 * Whether the identity of a home can be taken back: nobody is known there, no ceremony and no share, and its
 * journal tells of nothing but the identity that was shown, and of codes that were refused.
 */
export function mayStartOver(home: Home): boolean {
  // Each state that a window is shown asks this. Of a home that is in use, the journal isn't read for it.
  if (existsSync(home.custody()) || existsSync(home.station())) return false;
  if (home.listCeremonies().length > 0 || listPeople(home).length > 0) return false;
  try {
    const { lines, torn } = readJournal(home.journal());
    return !torn && lines.every(({ event }) => ofNoAccount.has(event));
  } catch {
    // Whatever is wrong with it is evidence, and stays.
    return false;
  }
}

/**
 * Takes a home's identity back: its key is overwritten, and the home is as it was before the first start, but
 * for how codes are shown. The home is locked when this is called. Throws `StoreError` 'cannot-destroy'.
 */
export function startOver(home: Home): void {
  try {
    rmSync(home.journal(), { force: true });
    rmSync(join(home.dir, SEALS), { force: true });
    eraseFile(home.identity());
  } catch (error) {
    throw new StoreError(
      'cannot-destroy',
      `The identity in ${home.dir} could not be deleted (${reasonOf(error)}). Delete identity.json, seals.json and journal.jsonl there by hand.`,
    );
  }
}
