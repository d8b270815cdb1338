import { createMessage, encrypt, enums, type Key, readKeys, type SignaturePacket } from 'openpgp';
import { decodeBase64 } from '../http/base64';
import { Refusal } from '../http/reply';

/** A PGP key that a token will be encrypted to. */
export interface PgpRecipient {
  readonly key: Key;
  /** Lower-case hex. */
  readonly fingerprint: string;
}

/**
 * Reads `pgp_key`: base64 of a binary key, or the first of several. A real server checks here what holds the
 * key together. It does not check whether the key can encrypt or is still valid, and neither does this one.
 * Throws `Refusal` 400.
 */
export async function parsePgpKey(text: string): Promise<PgpRecipient> {
  const bytes = decodeBase64(text);
  if (bytes === null) throw unparsed('it is not base64');
  const [key] = await readKeys({ binaryKeys: bytes }).catch(() => []);
  if (key === undefined) throw unparsed('there is no OpenPGP key in it, or not all of one');
  await checkBindings(key);
  return { key: key.toPublic(), fingerprint: key.getFingerprint() };
}

/** The key's own signatures of its names and subkeys, whenever they were made. Throws `Refusal` 400. */
async function checkBindings(key: Key): Promise<void> {
  if (!key.users.some((user) => user.selfCertifications.length > 0))
    throw unparsed('no name of it is signed');
  const primary = { key: key.keyPacket };
  for (const { userID, selfCertifications } of key.users) {
    if (userID === null) continue;
    await checkAll(key, selfCertifications, enums.signature.certGeneric, { ...primary, userID });
  }
  for (const { keyPacket, bindingSignatures } of key.subkeys) {
    if (bindingSignatures.length === 0) throw unparsed('a subkey of it is not signed');
    await checkAll(key, bindingSignatures, enums.signature.subkeyBinding, { ...primary, bind: keyPacket });
  }
}

async function checkAll(
  key: Key,
  signatures: readonly SignaturePacket[],
  type: enums.signature,
  data: object,
): Promise<void> {
  for (const signature of signatures) {
    try {
      // At the time it was made: nothing is asked here about its age.
      await signature.verify(key.keyPacket, type, data, signature.created ?? undefined);
    } catch (error) {
      // What openpgp declines on its own account, such as an old hash, a server takes.
      if (!(error instanceof Error && /digest did not match|verification failed/.test(error.message)))
        continue;
      throw unparsed('a signature in it is not genuine');
    }
  }
}

/**
 * Base64 of the token, encrypted. Throws whatever openpgp throws if the key has expired, lies in the future,
 * is revoked or has no part that encrypts.
 */
export async function encryptToken(token: Uint8Array, recipient: PgpRecipient): Promise<string> {
  const encrypted = await encrypt({
    message: await createMessage({ binary: token }),
    encryptionKeys: recipient.key,
    format: 'binary',
    // Vault's messages are of the older kind (SEIPD v1) that every gpg reads.
    config: { aeadProtect: false },
  });
  return Buffer.from(encrypted).toString('base64');
}

const unparsed = (reason: string) => new Refusal(400, `error parsing PGP key: ${reason}`);
