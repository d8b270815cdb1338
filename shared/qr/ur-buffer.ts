import { UR } from '@ngraveio/bc-ur';
import { getCRC } from '@ngraveio/bc-ur/dist/utils.js';

/**
 * A copy of the bytes as the `Buffer` that `@ngraveio/bc-ur` wants, made by itself, because `shared/` has no Node
 * types. It still needs a global `Buffer`: UR text is made and solved in Node, not in a renderer.
 */
const bufferOf = (bytes: Uint8Array) => UR.from(bytes).decodeCBOR();

/** The bytes as a UR of this type. They must be CBOR. */
export const urOf = (bytes: Uint8Array, type: string): UR => new UR(bufferOf(bytes), type);

/** CRC-32 (ISO 3309), as in bytewords and UR parts. */
export const crc32 = (bytes: Uint8Array): number => getCRC(bufferOf(bytes));
