import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EventName } from '../../shared/transcript/event';
import type { Home } from './home';
import type { Journal } from './journal';
import { listPeople } from './people';
import { SEALS } from './seal/seal-file';
import { eraseFile } from './secret-file';
import { reasonOf, StoreError } from './store-error';

/** What a home's journal says before anything has happened that others rely on. */
const ofNoAccount: ReadonlySet<EventName> = new Set([
  'journal-opened',
  'message-sent',
  'message-refused',
  'home-sealed',
]);

/**
 * Whether the identity of a home can be taken back: nobody is known there, no ceremony and no share, and its
 * journal tells of nothing but the identity that was shown, and of codes that were refused.
 */
export const mayStartOver = (home: Home, journal: Journal): boolean =>
  listPeople(home).length === 0 &&
  home.listCeremonies().length === 0 &&
  !existsSync(home.custody()) &&
  !existsSync(home.station()) &&
  journal.entries().every(({ event }) => ofNoAccount.has(event));

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
