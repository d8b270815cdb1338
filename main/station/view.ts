import { toHex } from '../../shared/bytes';
import type { OutgoingView } from '../../shared/ipc/view/outgoing';
import type { PersonView } from '../../shared/ipc/view/person';
import { wireBytes } from '../../shared/message/wire';
import { makeOutgoing } from '../../shared/qr/ur';
import { digestWords, fingerprintWords } from '../../shared/words';
import type { Person } from '../store/people';
import type { Outbound } from './outbox';

/** Hex in upper-case groups of four, for reading aloud. */
export const grouped = (hex: string): string => (hex.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');

export type PersonFacts = Pick<Person, 'name' | 'role' | 'fingerprint'>;

export const personView = (person: PersonFacts): PersonView => ({
  name: person.name,
  role: person.role,
  fingerprint: grouped(toHex(person.fingerprint)),
  words: fingerprintWords(person.fingerprint),
});

export function outgoingView({ message, title }: Outbound): OutgoingView {
  const bytes = wireBytes(message);
  return {
    id: toHex(message.digest),
    type: message.envelope.type,
    title,
    words: digestWords(message.digest),
    bytes: bytes.length,
    partCount: makeOutgoing(bytes).partCount,
  };
}
