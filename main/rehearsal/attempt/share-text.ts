import { decodeBase64 } from '../http/base64';
import { Refusal } from '../http/reply';
import { MAX_SHARE, MIN_SHARE } from './seal';

/** The bytes of a share in hex if it has a share's length then, otherwise in base64. Throws `Refusal` 400. */
export function decodeShare(text: string): Uint8Array {
  const length = text.length / 2;
  if (/^(?:[0-9a-f]{2})*$/i.test(text) && length >= MIN_SHARE && length <= MAX_SHARE) {
    return Uint8Array.from(Buffer.from(text, 'hex'));
  }
  const bytes = decodeBase64(text);
  if (bytes === null) throw new Refusal(400, "'key' must be a valid hex or base64 string");
  return bytes;
}
