import { enums } from 'openpgp';

/** What a server's PGP library (ProtonMail's go-crypto) says of a key that it can't read. */
export class PgpReadError extends Error {}

const { publicKey, secretKey, publicSubkey, secretSubkey } = enums.packet;

/**
 * Looks at how the bytes fall into packets, and at nothing in them: whether each is whole, and a key comes first.
 * Throws `PgpReadError`.
 */
export function checkPackets(bytes: Uint8Array): void {
  let at = 0;
  let afterSubkey = false;
  do {
    const packet = packetAt(bytes, at);
    if (typeof packet === 'string') {
      throw new PgpReadError(
        afterSubkey ? `openpgp: invalid data: subkey signature invalid: ${packet}` : packet,
      );
    }
    const { tag, end } = packet;
    const subkey = tag === publicSubkey || tag === secretSubkey;
    if (at === 0 && tag !== publicKey && tag !== secretKey) {
      throw new PgpReadError(
        `openpgp: invalid data: ${subkey ? 'primary key cannot be used for signatures' : 'first packet was not a public/private key'}`,
      );
    }
    afterSubkey ||= subkey;
    at = end;
  } while (at < bytes.length);
}

/** A packet's tag, and where it ends; or what is wrong with it. */
function packetAt(bytes: Uint8Array, at: number): { tag: number; end: number } | string {
  const first = bytes[at];
  if (first === undefined) return 'EOF';
  if (first < 0x80) return 'openpgp: invalid data: tag byte does not have MSB set';
  const newFormat = (first & 0x40) !== 0;
  const tag = newFormat ? first & 0x3f : (first >> 2) & 0xf;
  const { headerLength, length } = newFormat ? newLength(bytes, at + 1) : oldLength(bytes, at + 1, first & 3);
  const end = at + 1 + headerLength + length;
  return end > bytes.length || Number.isNaN(end) ? 'unexpected EOF' : { tag, end };
}

const numberAt = (bytes: Uint8Array, at: number, size: number): number =>
  at + size > bytes.length
    ? Number.NaN
    : bytes.slice(at, at + size).reduce((sum, byte) => sum * 256 + byte, 0);

/** Lengths by RFC 9580, 4.2. One that is left open goes to the end, and so does here one in parts. */
function newLength(bytes: Uint8Array, at: number): { headerLength: number; length: number } {
  const first = numberAt(bytes, at, 1);
  if (first < 192) return { headerLength: 1, length: first };
  if (first < 224) return { headerLength: 2, length: numberAt(bytes, at, 2) - 192 * 256 + 192 };
  if (first === 255) return { headerLength: 5, length: numberAt(bytes, at + 1, 4) };
  return { headerLength: 1, length: Number.isNaN(first) ? first : bytes.length - at - 1 };
}

function oldLength(bytes: Uint8Array, at: number, type: number): { headerLength: number; length: number } {
  if (type === 3) return { headerLength: 0, length: bytes.length - at };
  const headerLength = 2 ** type;
  return { headerLength, length: numberAt(bytes, at, headerLength) };
}
