import { toHex } from '../../shared/bytes';
import type { Home } from './home';
import type { Identity } from './identity';
import { Journal } from './journal';

export interface JournalOwner {
  readonly identity: Identity;
  readonly clock: () => Date;
  readonly rehearsal: boolean;
  readonly program: string;
  readonly version: string;
}

/** The journal of what happens outside any ceremony. Throws `StoreError` where it is damaged. */
export const openHomeJournal = (home: Home, owner: JournalOwner): Journal =>
  openedJournal(home.journal(), '', owner);

/** The journal of one ceremony in this home, by its id (32 hex digits). Throws `StoreError` where it is damaged. */
export const openCeremonyJournal = (home: Home, ceremonyIdHex: string, owner: JournalOwner): Journal =>
  openedJournal(home.makeCeremony(ceremonyIdHex).journal, ceremonyIdHex, owner);

function openedJournal(path: string, ceremony: string, owner: JournalOwner): Journal {
  const { identity, clock, rehearsal, program, version } = owner;
  const fingerprint = toHex(identity.fingerprint);
  const journal = Journal.open(path, {
    station: identity.station,
    who: fingerprint,
    ceremony,
    rehearsal,
    clock,
  });
  if (journal.lines === 0) {
    journal.append('journal-opened', {
      program,
      version,
      name: identity.name,
      role: identity.role,
      fingerprint,
    });
  }
  return journal;
}
