import { pgpKeyField } from '../../../shared/openpgp/public-key';

/**
 * What the server is to hide the token with: one of the two (docs/server-facts.md, "OTP or PGP key, never
 * both").
 */
export type Hiding =
  | { readonly method: 'pgp'; readonly publicKey: Uint8Array }
  | { readonly method: 'otp'; readonly characters: Uint8Array };

/** Body of the request that begins an attempt; the caller wipes it. */
export function hidingBody(hiding: Hiding): Uint8Array {
  return hiding.method === 'pgp'
    ? jsonBytes('{"pgp_key":"', ascii(pgpKeyField(hiding.publicKey)), '"}')
    : jsonBytes('{"otp":"', hiding.characters, '"}');
}

/** Body of the request that gives a share, in hex; the caller wipes it. */
export function shareBody(share: Uint8Array, nonce: string): Uint8Array {
  const hex = new Uint8Array(share.length * 2);
  share.forEach((byte, i) => {
    hex[2 * i] = hexDigit(byte >> 4);
    hex[2 * i + 1] = hexDigit(byte & 15);
  });
  const body = jsonBytes('{"key":"', hex, `","nonce":${JSON.stringify(nonce)}}`);
  hex.fill(0);
  return body;
}

const hexDigit = (value: number): number => (value < 10 ? 0x30 : 0x57) + value;
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** JSON made byte by byte, so that no string of a secret stays behind in memory. */
function jsonBytes(before: string, value: Uint8Array, after: string): Uint8Array {
  const body = new Uint8Array(before.length + value.length + after.length);
  body.set(ascii(before));
  body.set(value, before.length);
  body.set(ascii(after), before.length + value.length);
  return body;
}
