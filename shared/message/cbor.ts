import { decode, encode } from 'cbor2';
import { copySecret, equalBytes } from '../bytes';
import { MessageError } from './message-error';

/** What a message is made of. Integers only: a float has no place in a ceremony. */
type CborValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly CborValue[]
  | { [key: string]: CborValue };

/** Bytes that the encoder sets aside for each key that it sorts: its own 4096 cost more than all else. */
const CHUNK = 128;

const LONE_SURROGATE = /[\ud800-\udfff]/u;

/**
 * A copy made of plain objects, arrays and `Uint8Array`s, without `undefined` fields. A Node `Buffer` is a
 * `Uint8Array` that cbor2 encodes and returns as something else, so none may get in or out.
 */
function plain(value: unknown): CborValue {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string' && !LONE_SURROGATE.test(value)) return value;
  if (value instanceof Uint8Array) return copySecret(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return Object.fromEntries(fields.map(([name, field]) => [name, plain(field)]));
  }
  throw new MessageError('bad-field', 'A field of this message holds something that a message cannot carry.');
}

/**
 * The one deterministic encoding (RFC 8949 §4.2.1) of a value made of maps with text keys, arrays, text,
 * bytes, integers, booleans and null; `undefined` fields are left out. Throws `MessageError` on anything
 * else.
 */
export const encodeCbor = (value: unknown): Uint8Array =>
  new Uint8Array(encode(plain(value), { cde: true, chunkSize: CHUNK }));

/**
 * The value that the bytes encode, byte strings as plain `Uint8Array` copies. Throws `MessageError`:
 * 'not-a-message' where they are not one whole CBOR item (or use tags, floats, `undefined`),
 * 'not-deterministic' where encoding the value again would not give the same bytes.
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  let value: CborValue;
  try {
    value = plain(
      decode(new Uint8Array(bytes), {
        maxDepth: 8,
        ignoreGlobalTags: true,
        rejectBigInts: true,
        rejectDuplicateKeys: true,
        rejectFloats: true,
        rejectSimple: true,
        rejectUndefined: true,
      }),
    );
  } catch {
    throw new MessageError(
      'not-a-message',
      'This is not an Airlock message, or it was damaged on the way. Nothing was taken from it: have the other station show it again.',
    );
  }
  if (!equalBytes(encodeCbor(value), bytes)) {
    throw new MessageError(
      'not-deterministic',
      'This message is not written the one way that Airlock writes it, so its digest could not be trusted. Do not use it: have the other station make it again.',
    );
  }
  return value;
}
