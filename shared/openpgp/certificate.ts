import type { PublicKey } from 'openpgp';
import { type GivenKeys, givenKeys } from './given-keys';
import { OverLimit } from './limits';
import { OpenPgpError } from './openpgp-error';

const notAKey = (): OpenPgpError =>
  new OpenPgpError(
    'not-a-key',
    'This is not an OpenPGP public key, or it is damaged. A key file begins with “-----BEGIN PGP PUBLIC KEY BLOCK-----”, or is binary (gpg --export).',
  );

const tooMuch = (): OpenPgpError =>
  new OpenPgpError(
    'not-a-key',
    'This key is far larger than any in use, and is not read: it would keep this machine busy for minutes. Use another key, or export it without what others added (gpg --export --export-options export-minimal).',
  );

/** The one public key in `input`. Throws as `parsePublicKey` does. */
export async function readPublicKey(input: string | Uint8Array): Promise<PublicKey> {
  let given: GivenKeys;
  try {
    given = await givenKeys(input);
  } catch (error) {
    throw error instanceof OverLimit ? tooMuch() : notAKey();
  }
  const { publicKeys, privateKeys, different } = given;
  if (different > 1)
    throw new OpenPgpError(
      'several-keys',
      'There are several keys in this. Export the one that is meant alone.',
    );
  if (privateKeys.length > 0)
    throw new OpenPgpError(
      'private-key-given',
      'This is a private key, and it must not leave its place. Give the public half instead (gpg --export).',
    );
  const [key] = publicKeys;
  if (!key) throw notAKey();
  const { version } = key.keyPacket;
  if (version !== 4 && version !== 6)
    throw new OpenPgpError(
      'unsupported-by-server',
      `This key is of OpenPGP version ${version}, which servers can’t use. Make one of version 4.`,
    );
  return key;
}
