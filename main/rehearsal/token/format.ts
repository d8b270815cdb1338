import { randomBytes } from 'node:crypto';
import { asciiBytes, asciiText } from '../../../shared/bytes';
import { randomBase62 } from '../../../shared/token/base62';
import type { TokenFormat } from '../../../shared/token/root-token';
import { randomUuid } from '../http/reply';

/** Characters after the prefix, and of an accessor. */
const RANDOM_LENGTH = 24;

const PREFIX = { hvs: 'hvs.', s: 's.', bare: '' } as const;

export const TOKEN_FORMATS: readonly TokenFormat[] = ['hvs', 's', 'bare', 'uuid'];

/** A new recovery token: it has the length that a root token of Vault has. */
export const newRecoveryToken = (): string => `hvr.${randomText()}`;

export const random = (length: number): Uint8Array => Uint8Array.from(randomBytes(length));

/** What the server says as `otp_length`; 0 where it says nothing. */
export function otpLengthOf(format: TokenFormat): number {
  return format === 'uuid' ? 0 : PREFIX[format].length + RANDOM_LENGTH;
}

/** A new token such as a root token of that era has. */
export function newToken(format: TokenFormat): string {
  return format === 'uuid' ? randomUuid() : PREFIX[format] + randomText();
}

/**
 * A new token as Vault ≥ 1.10 gives it to anyone who isn't root: the short one wrapped with a signature, in
 * protobuf, in base64url. Earlier eras make no difference.
 */
export function newServiceToken(format: TokenFormat): string {
  if (format !== 'hvs') return newToken(format);
  const inner = Buffer.concat([Buffer.from([0x0a, 0x1c]), asciiBytes(newToken(format))]);
  const signature = Buffer.concat([Buffer.from([0x12, 0x20]), randomBytes(32)]);
  const wrapped = Buffer.concat([
    Buffer.from([0x08, 0x01]),
    signature,
    Buffer.from([0x1a, inner.length]),
    inner,
  ]);
  return PREFIX.hvs + wrapped.toString('base64url');
}

export function newBatchToken(format: TokenFormat): string {
  return (format === 'hvs' ? 'hvb.' : 'b.') + randomBytes(126).toString('base64url');
}

export const newAccessor = (format: TokenFormat): string => (format === 'uuid' ? randomUuid() : randomText());

const randomText = (): string => asciiText(randomBase62(RANDOM_LENGTH, random));

/** Six characters, such as end the tokens of a namespace. */
export const newNamespaceId = (): string => asciiText(randomBase62(6, random));
