import { crc32 } from './crc32';

/** First and last letter of the word of each byte, from 00 to ff (BCR-2020-012, minimal style). */
const letters = [
  'aeadaoaxaaahamatayasbkbdbnbtbabsbebybgbwbbbzcmchcscfcycwcecackct',
  'cxclcpcndkdadsdidedtdrdndwdpdmdldyeheyeoeeecenemetesftfrfnfsfmfh',
  'fzfpfwfxfyfefgflfdgagegrgsgtglgwgdgygmgughgohfhghdhkhthphhhlhyhe',
  'hnhsidiaieihiyioisinimjejzjnjtjljojsjpjkjykpkoktkskkknkgkekikblb',
  'lalylflslrlplnltloldlelulklgmnmymhmemomumwmdmtmsmknlnyndnsntnnne',
  'nboyoeotoxonolospdptpkpypspmplpepfpaprqdqzrerprlrorhrdrkrfryrnrs',
  'rtsesasrssskswstspsosgsbsfsntotktitttdtetytltbtstptatnuyuoutueur',
  'vtvyvovlvevwvavdvswlwdwmwpwewywswtwnwzwfwkykynylyaytzszoztzczezm',
].join('');

const checksumLength = 4;

const bytesByPair = new Map(Array.from({ length: 256 }, (_, byte) => [pairOf(byte), byte]));

function pairOf(byte: number): string {
  return letters.slice(2 * byte, 2 * byte + 2);
}

/** The bytes and their CRC-32 as bytewords: two lower-case letters a byte. */
export function encodeBytewords(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += pairOf(byte);
  for (const byte of checksumBytes(bytes)) text += pairOf(byte);
  return text;
}

/**
 * The bytes that lower-case bytewords stand for; `null` where a pair is none, or the CRC-32 at the end does
 * not fit.
 */
export function decodeBytewords(text: string): Uint8Array | null {
  const length = text.length / 2;
  if (!Number.isInteger(length) || length < checksumLength) return null;
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const byte = bytesByPair.get(text.slice(2 * at, 2 * at + 2));
    if (byte === undefined) return null;
    bytes[at] = byte;
  }
  const body = bytes.slice(0, -checksumLength);
  const fits = checksumBytes(body).every((byte, at) => byte === bytes[body.length + at]);
  return fits ? body : null;
}

function checksumBytes(bytes: Uint8Array): Uint8Array {
  const checksum = new Uint8Array(checksumLength);
  new DataView(checksum.buffer).setUint32(0, crc32(bytes));
  return checksum;
}
