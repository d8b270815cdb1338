import { bytesIn } from './in-the-clear';

/**
 * Whether a word is an encrypted OpenPGP message and nothing else: session keys for somebody, and then one
 * packet with the message, up to the last byte (RFC 9580, 4.2 and 5.1).
 */
export function isWholeMessage(word: string): boolean {
  if (word.length < 100) return false;
  const bytes = bytesIn(word);
  if (bytes === null || !isSessionKey(bytes[0] ?? 0)) return false;
  let at = 0;
  while (at < bytes.length) {
    const isKey = isSessionKey(bytes[at] ?? 0);
    const next = afterPacket(bytes, at);
    if (next === null) return false;
    at = next;
    // The first packet that is none is the message; what comes after it is another one.
    if (!isKey) break;
  }
  return at === bytes.length;
}

/** Whether a packet with this first byte holds a session key, in the newer form or the older. */
const isSessionKey = (first: number): boolean =>
  first === 0xc1 || first === 0xc3 || first >> 2 === 0x21 || first >> 2 === 0x23;

/** Where the packet at `at` ends; null where its header says something else than a length. */
function afterPacket(bytes: Uint8Array, at: number): number | null {
  const byte = (offset: number): number => bytes[at + offset] ?? 0;
  if ((byte(0) & 0xc0) === 0x80) {
    const size = byte(0) & 3;
    if (size === 3) return null;
    let length = 0;
    for (let i = 1; i <= 2 ** size; i++) length = length * 256 + byte(i);
    return at + 1 + 2 ** size + length;
  }
  if ((byte(0) & 0xc0) !== 0xc0) return null;
  if (byte(1) < 192) return at + 2 + byte(1);
  if (byte(1) < 224) return at + 3 + ((byte(1) - 192) << 8) + byte(2) + 192;
  return byte(1) === 255 ? at + 6 + byte(2) * 2 ** 24 + byte(3) * 65536 + byte(4) * 256 + byte(5) : null;
}
