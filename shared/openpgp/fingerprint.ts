import { sha1 } from '@noble/hashes/legacy.js';
import { OpenPgpError } from './openpgp-error';

/**
 * The fingerprint (20 bytes) that a binary version 4 public key stands for: the SHA-1 of its first packet
 * (RFC 9580, 5.5.4.2). Whether the rest of the key is right is for `parsePublicKey`. Throws `OpenPgpError`
 * 'not-a-key'.
 */
export function fingerprintOf(publicKey: Uint8Array): Uint8Array {
  const body = firstBody(publicKey);
  if (body === null || body[0] !== 4)
    throw new OpenPgpError('not-a-key', 'This is not an OpenPGP public key of version 4, or it is damaged.');
  return sha1
    .create()
    .update(Uint8Array.of(0x99, body.length >> 8, body.length & 0xff))
    .update(body)
    .digest();
}

/**
 * The body of the first packet, where that is a public key's; of lengths, those that a key of ours or of gpg
 * can have.
 */
function firstBody(bytes: Uint8Array): Uint8Array | null {
  const [tag = 0, first = 0, second = 0] = bytes;
  // A public key's packet with a new header, and with old ones of one and two bytes of length.
  if (tag === 0xc6 && first < 192) return cut(bytes, 2, first);
  if (tag === 0xc6 && first < 224) return cut(bytes, 3, ((first - 192) << 8) + second + 192);
  if (tag === 0x98) return cut(bytes, 2, first);
  if (tag === 0x99) return cut(bytes, 3, (first << 8) + second);
  return null;
}

const cut = (bytes: Uint8Array, from: number, length: number): Uint8Array | null =>
  bytes.length < from + length ? null : bytes.subarray(from, from + length);
