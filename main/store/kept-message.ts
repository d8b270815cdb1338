import { equalBytes, toHex } from '../../shared/bytes';
import type { MessageType, Role } from '../../shared/message/body';
import { MessageError } from '../../shared/message/message-error';
import { type KnownKey, parseWire, type SignedMessage, verifyMessage } from '../../shared/message/wire';
import type { CeremonyPaths } from './home';
import { bytesIn } from './seal/home-files';
import { findingAt } from './seal/sealed-file';

/** Somebody whose signature counts here, and in which role. */
export interface KnownSigner extends KnownKey {
  readonly role: Role;
}

/** Who signs a message that is kept in a ceremony's folder. */
const SIGNERS: { readonly [T in MessageType]?: Role } = {
  station: 'operator',
  start: 'officer',
  amendment: 'officer',
  attempt: 'operator',
  share: 'custodian',
  result: 'operator',
  handoff: 'officer',
  outcome: 'operator',
};

/**
 * A message of this type that was kept here, by its digest (hex), which is its file's name; null where it
 * isn't there. Messages are under no seal: the digest comes from a state or a journal that is. Throws
 * `HomeFinding` 'not-as-signed' where the file holds anything else.
 */
export function readKept<T extends MessageType>(
  paths: Pick<CeremonyPaths, 'message'>,
  digest: string,
  type: T,
): SignedMessage<T> | null {
  const path = paths.message(digest);
  const bytes = bytesIn(path);
  if (bytes === null) return null;
  let message: SignedMessage;
  try {
    message = parseWire(bytes);
  } catch (error) {
    if (error instanceof MessageError) throw findingAt('not-as-signed', path);
    throw error;
  }
  if (toHex(message.digest) !== digest.toLowerCase() || message.envelope.type !== type)
    throw findingAt('not-as-signed', path);
  return message as SignedMessage<T>;
}

/**
 * As `readKept`, and checks its signature again: by one of `people`, who has the role that signs such
 * messages. Throws `HomeFinding` 'not-as-signed', and `MessageError` 'unknown-signer' where that person is no
 * longer known here.
 */
export async function verifyKept<T extends MessageType>(
  paths: CeremonyPaths,
  digest: string,
  type: T,
  people: readonly KnownSigner[],
): Promise<SignedMessage<T> | null> {
  const message = readKept(paths, digest, type);
  if (message === null) return null;
  const changed = () => findingAt('not-as-signed', paths.message(digest));
  try {
    const { fingerprint } = await verifyMessage(message, people);
    const signer = people.find((person) => equalBytes(person.fingerprint, fingerprint));
    if (signer?.role === (SIGNERS[type] ?? signer?.role)) return message;
  } catch (error) {
    if (!(error instanceof MessageError) || error.code !== 'bad-signature') throw error;
  }
  throw changed();
}
