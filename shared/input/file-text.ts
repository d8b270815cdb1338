import { toBase64 } from '../bytes';
import { cardTextIn } from '../share/card-pdf';
import { isPgpBinary, plainText } from './plain-bytes';

/**
 * What a file holds, as it could have been pasted: its text whatever the encoding, the share on a card's
 * PDF, or the base64 of a binary key or message of OpenPGP, whose first byte is over 0x7f. Null where it
 * is neither.
 */
export function fileText(file: Uint8Array): string | null {
  const text = cardTextIn(file) ?? plainText(file)?.trim() ?? null;
  return text === null && isPgpBinary(file) ? toBase64(file) : text;
}
