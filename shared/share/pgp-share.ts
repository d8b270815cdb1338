import { asciiText, fromHex, toBase64, wipe } from '../bytes';
import { unlockPrivateKey } from '../openpgp/key-pair';
import type { Passphrase } from '../openpgp/s2k';
import { decryptWithKey } from '../openpgp/sealed-to-self';
import { parseShare, type Share } from './share';
import { ShareError } from './share-error';

/**
 * The share in what `init` or `rekey` with PGP keys gave a custodian: an OpenPGP message in base64
 * (`keys_base64`), hex (`keys`) or armored. Unlike a root token, which is raw, what is inside is the share's
 * *hex text* (docs/server-facts.md, "Shares from a PGP init"). `threshold`, where it is known, is held
 * against the share's length as `parseShare` does. Throws `OpenPgpError` if message, key or passphrase does
 * not fit, `ShareError` if no such share is inside.
 */
export async function openPgpShare(
  encrypted: string,
  privateKeyArmored: string,
  passphrase: Passphrase,
  threshold?: number,
): Promise<Share> {
  const joined = encrypted.replace(/\s+/g, '');
  const message = /^(?:[0-9a-f]{2})+$/i.test(joined) ? toBase64(fromHex(joined)) : encrypted;
  const privateKey = await unlockPrivateKey(privateKeyArmored, passphrase);
  let plain: Uint8Array | undefined;
  try {
    plain = await decryptWithKey(message, privateKey);
    return parseShare(textOf(plain), threshold);
  } finally {
    wipe(privateKey, plain);
  }
}

function textOf(plain: Uint8Array): string {
  try {
    return asciiText(plain);
  } catch {
    throw new ShareError(
      'not-a-share',
      'The message could be opened, but what is inside is no key share. Check that it is the one that was given to you when the server was set up.',
    );
  }
}
