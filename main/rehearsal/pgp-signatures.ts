import { enums, type Key, type SignaturePacket, type Subkey, type User } from 'openpgp';
import { PgpReadError } from './pgp-packets';

/**
 * Checks the signatures that hold a key together, as a server does when an attempt starts (go-crypto's `ReadEntity`):
 * the key's own ones of its names and subkeys, whenever they were made. Throws `PgpReadError`.
 */
export async function checkSignatures(key: Key): Promise<void> {
  for (const user of key.users) await checkUser(key, user);
  for (const subkey of key.subkeys) await checkSubkey(key, subkey);
  const { version } = key.keyPacket;
  if (version < 6 && !key.users.some((user) => user.selfCertifications.length > 0)) {
    throw new PgpReadError(`openpgp: invalid data: v${version} entity without any identities`);
  }
}

async function checkUser(key: Key, { userID, selfCertifications }: User): Promise<void> {
  if (userID === null) return;
  for (const signature of selfCertifications) {
    await check(
      key,
      signature,
      enums.signature.certGeneric,
      { userID, key: key.keyPacket },
      'user ID self-signature',
    );
  }
}

async function checkSubkey(key: Key, { keyPacket, bindingSignatures }: Subkey): Promise<void> {
  if (bindingSignatures.length === 0) {
    throw new PgpReadError('openpgp: invalid data: subkey packet not followed by signature');
  }
  for (const signature of bindingSignatures) {
    const data = { key: key.keyPacket, bind: keyPacket };
    await check(key, signature, enums.signature.subkeyBinding, data, 'subkey signature');
  }
}

async function check(
  key: Key,
  signature: SignaturePacket,
  type: enums.signature,
  data: object,
  what: string,
): Promise<void> {
  try {
    // At the time it was made: nothing is asked here about its age.
    await signature.verify(key.keyPacket, type, data, signature.created ?? undefined);
  } catch (error) {
    // Not what openpgp declines on its own account, or lacks the means for.
    if (!(error instanceof Error && /digest did not match|verification failed/.test(error.message))) return;
    throw new PgpReadError(
      `openpgp: invalid data: ${what} invalid: openpgp: invalid signature: ${algorithmOf(key)} verification failure`,
    );
  }
}

function algorithmOf(key: Key): string {
  const { algorithm } = key.getAlgorithmInfo();
  return algorithm.startsWith('rsa') ? 'RSA' : algorithm === 'eddsaLegacy' ? 'EdDSA' : algorithm;
}
