import { sha256 as ownSha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toHex } from './bytes';

/** Lower-case hex SHA-256 of bytes, or of a text in UTF-8. */
type HexSha256 = (content: Uint8Array | string) => string;

const inScript: HexSha256 = (content) =>
  toHex(ownSha256(typeof content === 'string' ? utf8ToBytes(content) : content));

let hash = inScript;

/**
 * Has digests computed by the platform's own SHA-256, which takes a tenth of the time. Called once, by a
 * program that has one: nothing here may know of it.
 */
export function hashBy(own: HexSha256): void {
  hash = own;
}

/** Lower-case hex SHA-256 of bytes, or of a text in UTF-8. */
export const hexSha256: HexSha256 = (content) => hash(content);
