import { wipe } from '../bytes';
import { decryptWithKey } from '../openpgp/sealed-to-self';
import { parseRootToken, type RootToken } from './root-token';
import type { TokenKind } from './token-kind';

/**
 * The root token in `encoded`, a server's `encoded_token` for an attempt with a PGP key: padded base64 of a
 * binary OpenPGP message to the public half of `privateKey` (binary, unlocked), whose plaintext is the token
 * itself. `wanted`: as `parseRootToken` takes it. Throws `OpenPgpError` if the message or the key does not
 * fit, `TokenError` if no root token is inside.
 */
export async function openPgpToken(
  encoded: string,
  privateKey: Uint8Array,
  wanted: TokenKind | 'any' = 'root',
): Promise<RootToken> {
  const bytes = await decryptWithKey(encoded, privateKey);
  try {
    return parseRootToken(bytes, undefined, wanted);
  } catch (error) {
    wipe(bytes);
    throw error;
  }
}
