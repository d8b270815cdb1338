import { wipe } from '../bytes';
import { decryptWithKey } from '../openpgp/sealed-to-self';
import { parseRootToken, type RootToken } from './root-token';

/**
 * The root token in `encoded`, a server's `encoded_token` for an attempt with a PGP key: padded base64 of a
 * binary OpenPGP message to the public half of `privateKey` (binary, unlocked), whose plaintext is the token
 * itself. Throws `OpenPgpError` if the message or the key does not fit, `TokenError` if no root token is
 * inside.
 */
export async function openPgpToken(encoded: string, privateKey: Uint8Array): Promise<RootToken> {
  const bytes = await decryptWithKey(encoded, privateKey);
  try {
    return parseRootToken(bytes);
  } catch (error) {
    wipe(bytes);
    throw error;
  }
}
