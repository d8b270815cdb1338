import { type Key, type PrivateKey, unarmor } from 'openpgp';
import { fromBase64 } from '../bytes';
import { standardBase64 } from '../input/in-the-clear';
import { armoredBlocks } from '../input/pgp-blocks';
import { tidied } from '../input/tidy';

/** Something of OpenPGP asks for more than anyone honest does. Callers say in their own words of what. */
export class OverLimit extends Error {}

/**
 * Bytes of what is read here: shares and tokens in messages, keys with photographs and thousands of
 * signatures.
 */
export const maxMessageBytes = 1 << 20;
export const maxKeyBytes = 1 << 24;
export const maxSignatureBytes = 1 << 16;
const maxPackets = 20_000;

/**
 * What openpgp must hold itself to. A megabyte of a packed message can unpack to a thousand of them; what is
 * inside one here is a token or a share.
 */
export const openingLimits = {
  maxDecompressedMessageSize: maxMessageBytes,
  maxArgon2MemoryExponent: 19,
} as const;

/**
 * The binary form of armored text, of base64 (with what people copy along: shared/input), or of what is
 * binary already, no larger than `most`, nor in more packets than anyone needs. Throws `OverLimit`, or
 * another `Error` where the text is neither.
 */
export async function binaryWithin(input: string | Uint8Array, most: number): Promise<Uint8Array> {
  // Four letters for three bytes, and some lines around them.
  if (input.length > (typeof input === 'string' ? 1.5 * most + 4096 : most)) throw new OverLimit();
  const bytes = typeof input === 'string' ? await binaryOf(input.trim()) : input;
  if (bytes.length > most) throw new OverLimit();
  if (packetsIn(bytes) > maxPackets) throw new OverLimit();
  return bytes;
}

async function binaryOf(text: string): Promise<Uint8Array> {
  const [block, ...others] = armoredBlocks(text);
  if (block === undefined) return fromBase64(standardBase64(tidied(text, 'pgp')));
  if (others.length > 0) throw new Error('several armored blocks');
  const { data } = await unarmor(block.text);
  if (data instanceof Uint8Array) return data;
  throw new Error('openpgp unpacked text as something else');
}

/**
 * How many packets there are, by their headers (RFC 9580, 4.2); the parts of one in parts count as its own.
 */
function packetsIn(bytes: Uint8Array): number {
  const number = (at: number, size: number): number => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + (bytes[at + i] ?? 0);
    return value;
  };
  let count = 0;
  let at = 0;
  let inParts = false;
  while (at < bytes.length && count <= maxPackets) {
    count++;
    const first = bytes[at] ?? 0;
    if (!inParts && (first & 0xc0) === 0x80) {
      const size = first & 3;
      if (size === 3) return count;
      at += 1 + 2 ** size + number(at + 1, 2 ** size);
      continue;
    }
    const length: number = inParts ? at : at + 1;
    const lead: number = bytes[length] ?? 0;
    inParts = lead >= 224 && lead < 255;
    if (lead < 192) at = length + 1 + lead;
    else if (lead < 224) at = length + 2 + ((lead - 192) << 8) + number(length + 1, 1) + 192;
    else if (lead === 255) at = length + 5 + number(length + 1, 4);
    else at = length + 1 + 2 ** (lead & 31);
  }
  return count;
}

/** As OpenSSL has it: larger ones take minutes to check one signature. */
const maxBits = 16_384;
const maxExponentBits = 64;
const maxSubgroupBits = 512;
/**
 * Signatures of a key by itself: each is checked, and an honest one has a few for every name, subkey and
 * year.
 */
const maxOwnSignatures = 1000;

/** Throws `OverLimit` where using the key would take longer than anyone waits. */
export function checkKeyWork(key: Key): void {
  for (const { keyPacket } of key.getKeys()) {
    const params: unknown = keyPacket.publicParams;
    if (typeof params !== 'object' || params === null) continue;
    for (const [name, value] of Object.entries(params)) {
      const most = name === 'e' ? maxExponentBits : name === 'q' ? maxSubgroupBits : maxBits;
      if (value instanceof Uint8Array && 8 * value.length > most) throw new OverLimit();
    }
  }
  const own = [
    key.revocationSignatures,
    ...key.users.flatMap((user) => [user.selfCertifications, user.revocationSignatures]),
    ...key.subkeys.flatMap((subkey) => [subkey.bindingSignatures, subkey.revocationSignatures]),
  ];
  if (own.reduce((sum, some) => sum + some.length, 0) > maxOwnSignatures) throw new OverLimit();
}

/** Bytes that are hashed for a passphrase, over all parts of a key: sixteen of gpg's highest count. */
const maxHashed = 2 ** 30;
/** Kilobytes of memory that Argon2 fills, times passes, over all parts. */
const maxFilled = 2 ** 21;

/**
 * Throws `OverLimit` where trying one passphrase on the key would take longer than anyone waits, or too much
 * memory.
 */
export function checkUnlockingWork(key: PrivateKey): void {
  let [hashed, filled] = [0, 0];
  for (const { keyPacket } of key.getKeys()) {
    const s2k: unknown = 's2k' in keyPacket ? keyPacket.s2k : null;
    if (typeof s2k !== 'object' || s2k === null) continue;
    if ('c' in s2k && typeof s2k.c === 'number') hashed += (16 + (s2k.c & 15)) * 2 ** ((s2k.c >> 4) + 6);
    if (!('encodedM' in s2k) || typeof s2k.encodedM !== 'number') continue;
    if (s2k.encodedM > openingLimits.maxArgon2MemoryExponent) throw new OverLimit();
    filled += ('t' in s2k && typeof s2k.t === 'number' ? s2k.t : 1) * 2 ** s2k.encodedM;
  }
  if (hashed > maxHashed || filled > maxFilled) throw new OverLimit();
}
