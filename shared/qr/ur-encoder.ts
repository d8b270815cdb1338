import { encode } from 'cbor2';
import { encodeBytewords } from './bytewords';
import { crc32 } from './crc32';
import { fragmentsOf } from './fragment-choice';

/** A message as one UR of this type, lower-case. */
export const encodeUr = (type: string, message: Uint8Array): string =>
  `ur:${type}/${encodeBytewords(message)}`;

/** A message cut into fragments of equal length, to be shown as parts of a multi-part UR (BCR-2020-005). */
export class UrEncoder {
  /** CRC-32 of the message. */
  readonly checksum: number;
  private readonly type: string;
  private readonly message: Uint8Array;
  /** The last one is filled up with zeros. */
  private readonly fragments: readonly Uint8Array[];

  /**
   * `message`: at least one byte; it is copied. `longestFragment`: in bytes; fragments are as equal as that
   * allows.
   */
  constructor(type: string, message: Uint8Array, longestFragment: number) {
    this.type = type;
    this.message = message.slice();
    this.checksum = crc32(message);
    const length = Math.ceil(message.length / Math.ceil(message.length / longestFragment));
    this.fragments = Array.from({ length: Math.ceil(message.length / length) }, (_, index) => {
      const fragment = new Uint8Array(length);
      fragment.set(message.slice(index * length, (index + 1) * length));
      return fragment;
    });
  }

  get fragmentCount(): number {
    return this.fragments.length;
  }

  /** Part `number` (from 1 to 2³² − 1), lower-case; the whole message as one UR where it is one fragment. */
  part(number: number): string {
    const { fragmentCount, checksum, type } = this;
    if (fragmentCount === 1) return encodeUr(type, this.message);
    const data = this.mixed(fragmentsOf({ number, fragmentCount, checksum }));
    const body = encode([number, fragmentCount, this.message.length, checksum, data], { cde: true });
    return `ur:${type}/${number}-${fragmentCount}/${encodeBytewords(body)}`;
  }

  private mixed(indexes: readonly number[]): Uint8Array {
    const data = new Uint8Array(this.fragments[0]?.length ?? 0);
    for (const index of indexes)
      this.fragments[index]?.forEach((byte, at) => {
        data[at] = (data[at] ?? 0) ^ byte;
      });
    return data;
  }
}
