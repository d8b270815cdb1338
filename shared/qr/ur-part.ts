import { decode } from 'cbor2';
import { decodeBytewords } from './bytewords';
import { QrError } from './qr-error';

/** The largest message taken in, in bytes: eight times the largest that any station sends. */
export const maxMessageLength = 65_536;
/** The most fragments a message may come in: solving takes time by its square. */
const maxFragments = 1024;
/** A whole message in bytewords, two letters a byte, with its checksum and some path before it. */
const maxTextLength = 2 * maxMessageLength + 300;
/** What one QR code can hold at all. */
const maxPartTextLength = 4296;

/** A UR read on its own: a whole message, or one part of one. */
export type Ur =
  | { readonly kind: 'whole'; readonly type: string; readonly bytes: Uint8Array }
  | { readonly kind: 'part'; readonly type: string; readonly part: UrPart };

/** One part of a multi-part UR (BCR-2020-005). */
export interface UrPart {
  /** From 1; up to `fragmentCount` the plain fragments in order, after that mixed ones. */
  readonly number: number;
  readonly fragmentCount: number;
  /** Of the whole message, in bytes. */
  readonly messageLength: number;
  /** CRC-32 of the whole message. */
  readonly checksum: number;
  readonly data: Uint8Array;
}

const form = /^ur:([a-z0-9-]{1,60})\/(?:(\d{1,10})-(\d{1,10})\/)?([a-z]+)$/;

/**
 * Parses the text of one code, of either case, white space around it ignored.
 * Throws `QrError`: `not-ur`, `damaged` (its CRC-32 is checked here), `too-big`.
 */
export function parseUr(text: string): Ur {
  const trimmed = text.length > maxTextLength ? text : text.trim().toLowerCase();
  if (!/^ur:/i.test(trimmed)) {
    throw new QrError(
      'not-ur',
      'This code holds something else than an Airlock message. Show the code from the other station.',
    );
  }
  if (trimmed.length > maxTextLength) throw tooBig();
  const match = form.exec(trimmed);
  if (!match) throw damaged();
  const [, type = '', number, count, body = ''] = match;
  if (number === undefined) return { kind: 'whole', type, bytes: bytesOf(body) };
  if (trimmed.length > maxPartTextLength) throw tooBig();
  const part = partOf(bytesOf(body));
  if (part.number !== Number(number) || part.fragmentCount !== Number(count)) throw damaged();
  return { kind: 'part', type, part };
}

/** Equal for the parts of one message, different for any two messages. `length`: of a fragment, in bytes. */
export const sequenceKey = (type: string, part: UrPart): string =>
  [type, part.checksum, part.messageLength, part.fragmentCount, part.data.length].join('/');

function bytesOf(bytewords: string): Uint8Array {
  const bytes = decodeBytewords(bytewords);
  if (bytes === null) throw damaged();
  return bytes;
}

function partOf(cbor: Uint8Array): UrPart {
  const [number, fragmentCount, messageLength, checksum, data, ...rest] = arrayOf(cbor);
  if (!isUint32(number) || !isUint32(fragmentCount) || !isUint32(messageLength) || !isUint32(checksum))
    throw damaged();
  if (!(data instanceof Uint8Array) || rest.length > 0 || number < 1 || fragmentCount < 1) throw damaged();
  if (messageLength > maxMessageLength || fragmentCount > maxFragments) throw tooBig();
  const reach = data.length * fragmentCount;
  if (reach < messageLength || reach - data.length >= messageLength) throw damaged();
  return { number, fragmentCount, messageLength, checksum, data };
}

function arrayOf(cbor: Uint8Array): readonly unknown[] {
  let value: unknown;
  try {
    value = decode(cbor, { maxDepth: 2 });
  } catch {
    throw damaged();
  }
  if (!Array.isArray(value)) throw damaged();
  return value;
}

const isUint32 = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;

const damaged = (): QrError =>
  new QrError(
    'damaged',
    'This code was read wrongly or is cut off: its checksum does not fit. Scan or copy it again.',
  );

const tooBig = (): QrError =>
  new QrError(
    'too-big',
    'This code announces a message larger than any of a ceremony. It is not from an Airlock station.',
  );
