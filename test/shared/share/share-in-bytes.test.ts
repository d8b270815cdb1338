import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiBytes, toBase64, toHex } from '../../../shared/bytes';
import { parseShare } from '../../../shared/share/share';
import { shareInBytes } from '../../../shared/share/share-in-bytes';

const shares = fc
  .integer({ min: 32, max: 33 })
  .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
  .filter((bytes) => bytes[bytes.length - 1] !== 0);

test('a share typed in hex or base64 is read from bytes as it is from text', () => {
  void fc.assert(
    fc.property(shares, fc.boolean(), fc.nat(40), (bytes, inHex, at) => {
      const plain = inHex ? toHex(bytes).toUpperCase() : toBase64(bytes);
      const text = `${plain.slice(0, at)} \n${plain.slice(at)}\n`;
      const share = shareInBytes(asciiBytes(text));
      // What could be hex and base64 alike is left to the reader of text.
      if (share === null) expect(plain).toMatch(/^[0-9a-f]{44}$/i);
      else expect(share).toEqual(parseShare(text));
    }),
  );
});

test('what is not whole and exact hex or base64 of a share is left to whoever can say what is wrong', () => {
  const typos = [
    '',
    'ab',
    `${'ab'.repeat(32)}a`,
    `${'zz'.repeat(33)}`,
    `${'A'.repeat(43)}*`,
    `${'A'.repeat(42)}B=`,
  ];
  for (const text of typos) expect(shareInBytes(asciiBytes(text))).toBeNull();
});

test('a share of the wrong length or x-coordinate is refused from bytes as well', () => {
  expect(() => shareInBytes(asciiBytes('ab'.repeat(32)), 3)).toThrow(/a key share holds 33/);
  expect(() => shareInBytes(asciiBytes(`${'ab'.repeat(32)}00`))).toThrow(/cannot be the end of a key share/);
});
