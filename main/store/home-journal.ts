import type { AirlockError } from '../../shared/airlock-error';
import { toHex } from '../../shared/bytes';
import type { MessageType } from '../../shared/message/body';
import type { SignedMessage } from '../../shared/message/wire';
import type { Home } from './home';
import type { Identity } from './identity';
import { Journal } from './journal';
import type { Person } from './people';

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

/**
 * The journal of one ceremony in this home, by its id (32 hex digits). Throws `StoreError` where it is
 * damaged.
 */
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

/**
 * Records that a message comes in or goes out outside of any ceremony's journal: identities, and what crosses
 * once a transcript is closed (checkpoints and signatures). Call it before the message is acted on, or shown.
 */
export function recordCrossing(
  journal: Journal,
  way: 'in' | 'out',
  message: SignedMessage,
  carrier: string,
): void {
  const { type, from } = message.envelope;
  const digest = toHex(message.digest);
  if (way === 'out') journal.append('message-sent', { type, digest, carrier });
  else journal.append('message-received', { type, digest, from: toHex(from), carrier });
}

/**
 * Digests of a type's messages that the journal has as sent and not withdrawn: also of one that a crash left
 * behind.
 */
export function standingMessages(journal: Journal, type: MessageType): string[] {
  const standing = new Set<string>();
  for (const { event, data } of journal.entries()) {
    if (event === 'message-sent' && data.type === type) standing.add(data.digest);
    if (event === 'message-withdrawn') standing.delete(data.digest);
  }
  return [...standing];
}

/**
 * Records that a message came in and was turned away, and why: by code and sentence, which hold no secret.
 * `message`: null where it could not even be read.
 */
export function recordRefusal(
  journal: Journal,
  message: SignedMessage | null,
  { code, message: reason }: AirlockError,
): void {
  journal.append('message-refused', {
    code,
    reason: reason.slice(0, 600),
    ...(message === null ? {} : { type: message.envelope.type, digest: toHex(message.digest) }),
  });
}

/** Records that a person's words were compared and that their key is to be trusted. Call it before it is. */
export function recordPersonKnown(journal: Journal, person: Person): void {
  const { name, role, words } = person;
  journal.append('words-compared', { what: `identity of ${name}`, words });
  journal.append('person-known', { name, role, fingerprint: toHex(person.fingerprint) });
}

/** Records that a person's key is no longer to be trusted. Call it before it isn't. */
export const recordPersonRemoved = (journal: Journal, { name, fingerprint }: Person): void =>
  journal.append('person-removed', { name, fingerprint: toHex(fingerprint) });
