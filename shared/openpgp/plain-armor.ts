import { armor, enums } from 'openpgp';
import { fromBase64, toBase64 } from '../bytes';

/** Lines of 60 but for the last, then the checksum of four. */
const BODY = /^((?:[A-Za-z0-9+/]{60}\n)*[A-Za-z0-9+/]{0,60}={0,2}\n)=([A-Za-z0-9+/]{4})\n$/;
const LINE = 60;

const frame = (name: string) => ({
  start: `-----BEGIN PGP ${name}-----\n\n`,
  end: `-----END PGP ${name}-----\n`,
});
const FRAMES = { signature: frame('SIGNATURE'), publicKey: frame('PUBLIC KEY BLOCK') };

/** More than a key or a signature needs, and as much as `verify.sh` reads, which takes its time a byte. */
const MAX_LENGTH = 65_536;

/**
 * The binary inside armored text, where that is exactly as Airlock writes it: no header, lines of 60, a
 * checksum, nothing before or after. Null otherwise. Of one content there is one such text, so that no
 * changed byte goes unseen.
 */
export function plainArmored(kind: 'signature' | 'publicKey', text: string): Uint8Array | null {
  const { start, end } = FRAMES[kind];
  if (text.length > MAX_LENGTH || !text.startsWith(start) || !text.endsWith(end)) return null;
  const [, lines = '', sum] = BODY.exec(text.slice(start.length, -end.length)) ?? [];
  // A last line with nothing on it, or one that its padding made longer than 60.
  const last = lines.length % (LINE + 1);
  if (last === 1 || last === 2) return null;
  try {
    const bytes = fromBase64(lines.replaceAll('\n', ''));
    return bytes.length > 0 && toBase64(crc24(bytes)) === sum ? bytes : null;
  } catch {
    return null;
  }
}

/** The checksum of armored text (RFC 9580, 6.1.1), three bytes. */
function crc24(bytes: Uint8Array): Uint8Array {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x800000 ? (crc << 1) ^ 0x864cfb : crc << 1;
    crc &= 0xffffff;
  }
  return Uint8Array.of(crc >> 16, crc >> 8, crc);
}

/**
 * Whether a binary signature is one packet in the one form that Airlock writes: version 4, over a file,
 * nothing in it that the signature itself doesn't cover, numbers without a wrong length. gpg and openpgp
 * accept more.
 */
export const isPlainSignature = (bytes: Uint8Array): boolean => plainBody(bytes) !== null;

/** The packet of such a signature, without its header: from its version on. Null for every other. */
export function plainBody(bytes: Uint8Array): Uint8Array | null {
  const packet = bodyOf(bytes);
  if (packet === null || packet[0] !== 4 || packet[1] !== 0) return null;
  const hashed = uint16(packet, 4);
  if (uint16(packet, 6 + hashed) !== 0) return null;
  // After the unhashed length, two bytes of the digest, then the signature's numbers.
  let at = 10 + hashed;
  if (at >= packet.length) return null;
  while (at < packet.length) {
    const bits = uint16(packet, at);
    const first = packet[at + 2] ?? 0;
    if (bits === 0 || first >> ((bits - 1) % 8) !== 1) return null;
    at += 2 + Math.ceil(bits / 8);
  }
  return at === packet.length ? packet : null;
}

/** The body of the one signature packet in its newer form, with a length of one or two bytes. */
function bodyOf(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0xc2) return null;
  const first = bytes[1] ?? 0;
  const short = first < 192;
  const length = short ? first : first < 224 ? ((first - 192) << 8) + (bytes[2] ?? 0) + 192 : -1;
  const body = bytes.subarray(short ? 2 : 3);
  return body.length === length ? body : null;
}

const uint16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** Binary as the one armored text that `plainArmored` takes. */
export const plainArmor = (kind: 'signature' | 'publicKey', bytes: Uint8Array): string =>
  armor(enums.armor[kind], bytes, undefined, undefined, undefined, true);
