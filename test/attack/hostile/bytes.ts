/** Numbers as bytes of files: big and little end first. */
export const be = (size: 1 | 2 | 4, ...numbers: readonly number[]): Buffer => ofNumbers(size, numbers, 'BE');
export const le = (size: 1 | 2 | 4, ...numbers: readonly number[]): Buffer => ofNumbers(size, numbers, 'LE');

function ofNumbers(size: 1 | 2 | 4, numbers: readonly number[], end: 'BE' | 'LE'): Buffer {
  const bytes = Buffer.alloc(size * numbers.length);
  for (const [i, number] of numbers.entries()) {
    if (end === 'BE') bytes.writeUIntBE(number, i * size, size);
    else bytes.writeUIntLE(number, i * size, size);
  }
  return bytes;
}

/**
 * The numbers' lowest bits one after the other, the first bit lowest in the first byte, as WebP and GIF have
 * them.
 */
export function packed(...fields: readonly (readonly [value: number, bits: number])[]): Buffer {
  const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => (value >> i) & 1));
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  for (const [i, bit] of bits.entries()) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (bit << (i & 7));
  return bytes;
}
