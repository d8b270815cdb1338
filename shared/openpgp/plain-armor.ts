import { armor, enums } from 'openpgp';
import { fromBase64 } from '../bytes';

const BODY =
  /^-----BEGIN PGP [A-Z ]+-----\n\n((?:[A-Za-z0-9+/=]{1,60}\n)+?)=[A-Za-z0-9+/]{4}\n-----END PGP [A-Z ]+-----\n$/;

/** More than a key or a signature needs, and as much as `verify.sh` reads, which takes its time a byte. */
const MAX_LENGTH = 65_536;

/**
 * The binary inside armored text, where that is exactly as Airlock writes it: no header, lines of 60, a
 * checksum, nothing before or after. Null otherwise. Of one content there is one such text, so that no
 * changed byte goes unseen.
 */
export function plainArmored(kind: 'signature' | 'publicKey', text: string): Uint8Array | null {
  const body = text.length > MAX_LENGTH ? undefined : BODY.exec(text)?.[1];
  if (body === undefined) return null;
  try {
    const bytes = fromBase64(body.replaceAll('\n', ''));
    return armor(enums.armor[kind], bytes, undefined, undefined, undefined, true) === text ? bytes : null;
  } catch {
    return null;
  }
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
