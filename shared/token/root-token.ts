import { isBase62 } from './base62';
import { TokenError } from './token-error';
import { type TokenKind, tokenKindWords } from './token-kind';
import { parseUuid, uuidLength } from './uuid';

/** How a server writes root tokens; also what the rehearsal server can be asked for. */
export type TokenFormat = 'hvs' | 's' | 'bare' | 'uuid';

declare const brand: unique symbol;

/** A root token that looks right. Wipe `bytes` as soon as it has served. */
export interface RootToken {
  /** The token in ASCII, as it is sent to the server. */
  readonly bytes: Uint8Array;
  readonly format: TokenFormat | 'namespaced' | 'recovery';
  readonly prefix: 'hvs.' | 's.' | 'hvr.' | 'r.' | '';
  /** Characters of the token, the prefix included. */
  readonly length: number;
  /** What it is, for a sentence on a screen: “This is …”. */
  readonly kind: string;
  readonly [brand]: 'RootToken';
}

/**
 * What every screen and command that shows a UUID token must say with it: the encoding has no checksum, and
 * any 16 bytes make a UUID, so that here (and only here) a wrong one-time password cannot be told from a
 * right one.
 */
export const uuidTokenCaveat =
  'Tokens of this age carry no prefix and no checksum: a wrong one-time password gives a token that looks just as good. Only the server can tell, so look the token up before you rely on it.';

interface Shape {
  readonly format: RootToken['format'];
  readonly prefix: RootToken['prefix'];
  readonly kind: string;
}

const hvs: Shape = { format: 'hvs', prefix: 'hvs.', kind: 'a service token of Vault 1.10 or later' };
const s: Shape = { format: 's', prefix: 's.', kind: 'a service token of OpenBao, or of Vault 1.0 to 1.9' };
const bare: Shape = { format: 'bare', prefix: '', kind: 'a token of Vault 0.11, which has no prefix' };
const uuid: Shape = {
  format: 'uuid',
  prefix: '',
  kind: 'a token of Vault 0.11.1 or earlier, in the form of a UUID',
};
const namespaced = (prefix: 'hvs.' | 's.'): Shape => ({
  format: 'namespaced',
  prefix,
  kind: 'a service token of an OpenBao namespace, whose short name follows the last dot',
});

const recovery = (prefix: 'hvr.' | 'r.'): Shape => ({
  format: 'recovery',
  prefix,
  kind:
    prefix === 'hvr.'
      ? 'a recovery token of Vault 1.10 or later, or of OpenBao'
      : 'a recovery token of Vault 1.3 to 1.9',
});

/** Length → the one shape a root token of that length has (docs/server-facts.md, "OTP length"). */
const shapes: ReadonlyMap<number, Shape> = new Map([
  [24, bare],
  [26, s],
  [28, hvs],
  [33, namespaced('s.')],
  [35, namespaced('hvs.')],
]);

/** The same for recovery tokens. */
const recoveryShapes: ReadonlyMap<number, Shape> = new Map([
  [26, recovery('r.')],
  [28, recovery('hvr.')],
]);

/** A token without its prefix; in a namespace a dot and 6 characters follow. */
const secretCharacters = 24;

const notRoot: readonly (readonly [string, string])[] = [
  ['hvb.', 'a batch token'],
  ['b.', 'a batch token'],
  ['hvr.', 'a recovery token'],
  ['r.', 'a recovery token'],
];

const dot = 0x2e;

function startsWith(bytes: Uint8Array, prefix: string): boolean {
  if (bytes.length < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (bytes[i] !== prefix.charCodeAt(i)) return false;
  return true;
}

const doubt = 'The one-time password or key is not the one of this attempt, or the encoded token is damaged.';

function refusePrefix(bytes: Uint8Array, expected: string): never {
  const other = notRoot.find(([prefix]) => startsWith(bytes, prefix));
  if (other && isSecretPart(bytes, other[0].length))
    throw new TokenError(
      'prefix',
      `This is ${other[1]} (${other[0]}…), not a root token. The attempt was of another kind: ask the operator which token was asked for.`,
    );
  throw new TokenError(
    'prefix',
    `The result does not begin with “${expected}”, as a token of its length does. ${doubt}`,
  );
}

const isSecretPart = (bytes: Uint8Array, from: number): boolean => bytes.subarray(from).every(isBase62);

/** The shape of a token whose length says nothing: by its prefix. */
function shapeByPrefix(bytes: Uint8Array): Shape {
  const other = notRoot.find(([prefix]) => startsWith(bytes, prefix));
  if (other) refusePrefix(bytes, 'hvs.');
  const shape = [hvs, s].find(({ prefix }) => startsWith(bytes, prefix)) ?? bare;
  if (shape.prefix === '' || bytes.indexOf(dot, shape.prefix.length) < 0) return shape;
  return namespaced(shape.prefix === 's.' ? 's.' : 'hvs.');
}

function checkAlphabet(bytes: Uint8Array, shape: Shape): void {
  const from = shape.prefix.length;
  const known = shapes.get(bytes.length) === shape;
  const lastDot =
    shape.format === 'namespaced' ? (known ? from + secretCharacters : bytes.indexOf(dot, from)) : -1;
  const fits = bytes.every((byte, i) => i < from || (i === lastDot ? byte === dot : isBase62(byte)));
  if (!fits || bytes.length <= from || lastDot === from || lastDot === bytes.length - 1)
    throw new TokenError('alphabet', `The result holds characters that no token has. ${doubt}`);
}

/** Whether the bytes are a recovery token and nothing else that a server makes. */
const isRecoveryToken = (bytes: Uint8Array): boolean => {
  const shape = recoveryShapes.get(bytes.length);
  return shape !== undefined && startsWith(bytes, shape.prefix) && isSecretPart(bytes, shape.prefix.length);
};

function parseRecoveryToken(bytes: Uint8Array): Shape {
  const shape = recoveryShapes.get(bytes.length);
  if (shape === undefined)
    throw new TokenError(
      'length',
      `The result has ${bytes.length} characters, and a recovery token has 26 or 28. ${doubt}`,
    );
  if (!startsWith(bytes, shape.prefix)) {
    const service = [hvs, s].find(({ prefix }) => startsWith(bytes, prefix));
    throw new TokenError(
      'prefix',
      service !== undefined && isSecretPart(bytes, service.prefix.length)
        ? `This is ${service.kind} (${service.prefix}…), not a recovery token. The attempt was of another kind: ask the operator which token was asked for.`
        : `The result does not begin with “${shape.prefix}”, as a recovery token of its length does. ${doubt}`,
    );
  }
  if (!isSecretPart(bytes, shape.prefix.length))
    throw new TokenError('alphabet', `The result holds characters that no token has. ${doubt}`);
  return shape;
}

/**
 * Which kind a token is, by its form, as a sentence begins: a root token and an operation token of a DR
 * secondary look the same.
 */
export const kindByForm = ({ format }: Pick<RootToken, 'format'>): string =>
  format === 'recovery'
    ? tokenKindWords('recovery').one
    : `${tokenKindWords('root').one}, or ${tokenKindWords('dr').one}: they look the same`;

function parseUuidToken(bytes: Uint8Array): Shape {
  if (bytes.length !== uuidLength)
    throw new TokenError(
      'length',
      `The result has ${bytes.length} characters, and a token of this server’s age has ${uuidLength}. ${doubt}`,
    );
  if (parseUuid(bytes) === null)
    throw new TokenError(
      'alphabet',
      `The result is not a UUID, as tokens of this server’s age are. ${doubt}`,
    );
  return uuid;
}

/**
 * The root token that the ASCII bytes are, if length, prefix and alphabet all fit; neither way of encoding
 * has a MAC, so this is all there is to tell a decoded token from garbage (docs/server-facts.md, "Encoding").
 * `otpLength` is the server's `otp_length`, 0 for the UUID era; leave it out where it is unknown, as with a
 * PGP key. A length that no known server names needs base62 after a known prefix or none. `wanted`: the kind
 * of token that the attempt was to make; 'any' where nobody knows. An operation token of a DR secondary has
 * the form of a root token. Throws `TokenError`: `empty`, `length`, `prefix`, `alphabet`. Keeps `bytes`,
 * without a copy.
 */
export function parseRootToken(
  bytes: Uint8Array,
  otpLength?: number,
  wanted: TokenKind | 'any' = 'root',
): RootToken {
  if (bytes.length === 0) throw new TokenError('empty', `The result is empty. ${doubt}`);
  let shape: Shape;
  if (wanted === 'recovery' || (wanted === 'any' && isRecoveryToken(bytes))) {
    shape = parseRecoveryToken(bytes);
  } else if (otpLength === 0 || (otpLength === undefined && parseUuid(bytes) !== null)) {
    shape = parseUuidToken(bytes);
  } else {
    if (otpLength !== undefined && bytes.length !== otpLength)
      throw new TokenError(
        'length',
        `The result has ${bytes.length} characters, and a token of this server has ${otpLength}. ${doubt}`,
      );
    shape = shapes.get(bytes.length) ?? shapeByPrefix(bytes);
    if (!startsWith(bytes, shape.prefix)) refusePrefix(bytes, shape.prefix);
    checkAlphabet(bytes, shape);
  }
  return { bytes, ...shape, length: bytes.length } as RootToken;
}
