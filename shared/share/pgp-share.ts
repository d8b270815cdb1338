import { asciiText, fromHex, toBase64, wipe } from '../bytes';
import { pgpShareIn } from '../input/value';
import { unlockPrivateKey } from '../openpgp/key-pair';
import type { Passphrase } from '../openpgp/s2k';
import { decryptWithKey } from '../openpgp/sealed-to-self';
import { parseShare, type Share } from './share';
import { ShareError } from './share-error';
import { shareInBytes } from './share-in-bytes';

/**
 * The share in what `init` or `rekey` with PGP keys gave a custodian: an OpenPGP message in base64
 * (`keys_base64`), hex (`keys`) or armored, with what people copy along (shared/input). Unlike a root token,
 * which is raw, what is inside is the share's *hex text* (docs/server-facts.md, "Shares from a PGP init").
 * `threshold`, where it is known, is held against the share's length as `parseShare` does. Throws
 * `OpenPgpError` if message, key or passphrase does not fit, `ShareError` if no such share is inside, and
 * `InputError` where more lies in the text than one encrypted share.
 */
export async function openPgpShare(
  encrypted: string,
  lockedKey: string | Uint8Array,
  passphrase: Passphrase,
  threshold?: number,
): Promise<Share> {
  const privateKey = await unlockPrivateKey(lockedKey, passphrase);
  try {
    return await shareInMessage(encrypted, privateKey, threshold);
  } finally {
    wipe(privateKey);
  }
}

/** The same with a private key that is binary and unlocked. */
export async function shareInMessage(
  encrypted: string,
  privateKey: Uint8Array,
  threshold?: number,
): Promise<Share> {
  const value = pgpShareIn(encrypted);
  const message = /^(?:[0-9a-f]{2})+$/i.test(value) ? toBase64(fromHex(value)) : value;
  let plain: Uint8Array | undefined;
  try {
    plain = await decryptWithKey(message, privateKey);
    return shareInBytes(plain, threshold) ?? parseShare(textOf(plain), threshold);
  } finally {
    wipe(plain);
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
