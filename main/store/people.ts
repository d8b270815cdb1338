import { equalBytes, toHex } from '../../shared/bytes';
import type { Role } from '../../shared/message/body';
import { type KnownKey, type SignedMessage, verifyMessage } from '../../shared/message/wire';
import { nameKey } from '../../shared/plain-text';
import { fingerprintWords } from '../../shared/words';
import { type Home, HomeError } from './home';
import { readIdentity } from './identity';
import { type Person, readPeople, writePeople } from './people-file';

export type { Person } from './people-file';

/**
 * Everyone this home knows, but not its own person; in the order they were added. Throws as `readPeople`
 * does.
 */
export const listPeople = (home: Home): Person[] => readPeople(home);

/**
 * What taking an identity message in would change of a person who is known already: "was custodian, now
 * officer". Null where the key is new here, or nothing changes. A person must hear it before they agree.
 */
export function changeOf(home: Home, { envelope }: SignedMessage): string | null {
  if (envelope.type !== 'identity') return null;
  const known = listPeople(home).find(({ fingerprint }) => equalBytes(fingerprint, envelope.from));
  if (known === undefined) return null;
  const { name, role } = envelope.body;
  const says = (person: { readonly name: string; readonly role: Role }): string =>
    [...(known.name === name ? [] : [person.name]), ...(known.role === role ? [] : [person.role])].join(', ');
  const before = says(known);
  return before === '' ? null : `was ${before}, now ${says({ name, role })}`;
}

/**
 * Makes the sender of an identity message known here. Call it only once a human has compared the words. The
 * same key again (a new name or role) replaces what was known of it: see `changeOf`. `announce` is called
 * when nothing stands in the way any more and before anything is changed, to put it on record. Throws
 * `HomeError` 'not-an-identity', 'name-taken' (another key has that name), 'own-key', `MessageError`
 * 'bad-signature', and what `announce` throws.
 */
export async function addPerson(
  home: Home,
  message: SignedMessage,
  now: Date,
  announce: (person: Person) => void = () => undefined,
): Promise<Person> {
  const envelope = message.envelope;
  if (envelope.type !== 'identity') {
    throw new HomeError(
      'not-an-identity',
      `This is a ${envelope.type} message. To make a person known, take in their identity message.`,
    );
  }
  await verifyMessage(message, []);
  const { name, role, publicKey } = envelope.body;
  const fingerprint = envelope.from;
  const own = readIdentity(home);
  if (own !== null && equalBytes(own.fingerprint, fingerprint)) {
    throw new HomeError('own-key', "This identity message is this home's own. Take in the other people's.");
  }
  const known = listPeople(home);
  const namesake = [...(own === null ? [] : [own]), ...known].find(
    (person) => sameName(person.name, name) && !equalBytes(person.fingerprint, fingerprint),
  );
  if (namesake !== undefined) {
    throw new HomeError(
      'name-taken',
      `Someone named ${name} is already known here with another key (${fingerprintWords(namesake.fingerprint)}). If ${name} really has a new key, remove the old one first; otherwise ask who made this message.`,
    );
  }
  const person: Person = {
    name,
    role,
    fingerprint,
    publicKey,
    addedAt: now.toISOString(),
    words: fingerprintWords(fingerprint),
  };
  announce(person);
  const position = known.findIndex((other) => equalBytes(other.fingerprint, fingerprint));
  writePeople(
    home,
    position < 0 ? [...known, person] : known.map((other, i) => (i === position ? person : other)),
  );
  return person;
}

/**
 * Forgets a person by name or fingerprint (hex). `announce` is called before anything is changed, to put it
 * on record. Throws `HomeError` 'unknown-person', and what `announce` throws.
 */
export function removePerson(
  home: Home,
  nameOrFingerprint: string,
  announce: (person: Person) => void = () => undefined,
): Person {
  const known = listPeople(home);
  const wanted = nameOrFingerprint.trim();
  const person = known.find(
    (other) =>
      sameName(other.name, wanted) || toHex(other.fingerprint) === wanted.replace(/\s/g, '').toLowerCase(),
  );
  if (person === undefined) throw new HomeError('unknown-person', `Nobody named ${wanted} is known here.`);
  announce(person);
  writePeople(
    home,
    known.filter((other) => other !== person),
  );
  return person;
}

/** Whose signatures this home can check: its own person's and everyone's it knows. */
export function knownKeys(home: Home): KnownKey[] {
  const own = readIdentity(home);
  return [...(own === null ? [] : [own]), ...listPeople(home)].map(({ name, fingerprint, publicKey }) => ({
    name,
    fingerprint,
    publicKey,
  }));
}

const sameName = (a: string, b: string): boolean => nameKey(a) === nameKey(b);

/**
 * As `knownKeys`, with the role by which each is known; `own`: the person at this station, who may be in no
 * file.
 */
export function knownSigners(
  home: Home,
  own: Omit<Person, 'addedAt' | 'words'>,
): Omit<Person, 'addedAt' | 'words'>[] {
  return [own, ...listPeople(home)];
}
