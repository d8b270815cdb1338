import { defaultDensity, densityRange } from './density';
import { partNumber } from './part-choice';
import { QrError } from './qr-error';
import { encodeUr, UrEncoder } from './ur-encoder';
import { maxMessageLength } from './ur-part';
import { airlockType } from './ur-type';

export { type Received, UrReader } from './ur-reader';

/** A message as texts of QR codes, all upper-case, so that they take a code's small alphabet. */
export interface Outgoing {
  /** The whole message as one code's text, where that fits version 20 at error correction M; else null. */
  readonly static: string | null;
  /** How many plain parts there are; 1 where one code holds everything. */
  readonly partCount: number;
  /** Text of part `index` ≥ 0, without end: the first `partCount` are plain, later ones mixed (fountain). */
  part(index: number): string;
}

/** What version 20 holds at error correction M in alphanumeric mode. */
const staticCapacity = 970;
/** `UR:AIRLOCK/` and `1234567-1024/`; CBOR heads of a part and its CRC-32, two letters a byte. */
const partOverhead = 11 + 13 + 2 * (1 + 5 + 3 + 5 + 5 + 3 + 4);

/**
 * Texts to show a message with. `bytes`: its wire bytes (CBOR). `density`: characters a part's code has at
 * most, within `densityRange`; outside it the nearest is taken. Null: one still code where it fits, else
 * parts of the default density. Throws `QrError` `too-big` over 64 KiB.
 */
export function makeOutgoing(
  bytes: Uint8Array,
  density: number | null = null,
  type: string = airlockType,
): Outgoing {
  if (bytes.length === 0 || bytes.length > maxMessageLength) {
    throw new QrError(
      'too-big',
      `A message of ${bytes.length} bytes cannot be shown as codes. Carry it as a file instead.`,
    );
  }
  const characters = Math.min(
    densityRange.max,
    Math.max(densityRange.min, Math.round(density ?? defaultDensity)),
  );
  // At most 1024 fragments are taken by a reader; 64 KiB at the lowest density stays under it only with this
  // floor.
  const fragmentLength = Math.max(
    Math.floor((characters - partOverhead) / 2),
    Math.ceil(bytes.length / 1000),
  );
  const wholeLength = `ur:${type}/`.length + 2 * (bytes.length + 4);
  const whole = wholeLength <= staticCapacity ? encodeUr(type, bytes).toUpperCase() : null;
  if (density === null && whole !== null) return { static: whole, partCount: 1, part: () => whole };
  const encoder = new UrEncoder(type, bytes, fragmentLength);
  const { fragmentCount: partCount, checksum } = encoder;
  return {
    static: whole,
    partCount,
    part: (index) => encoder.part(partNumber(index, partCount, checksum)).toUpperCase(),
  };
}

/** The whole message as one UR, however long: for pasting, and for files. Upper-case. */
export const urText = (bytes: Uint8Array, type: string = airlockType): string =>
  encodeUr(type, bytes).toUpperCase();
