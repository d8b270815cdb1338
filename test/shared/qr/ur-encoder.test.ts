import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex } from '../../../shared/bytes';
import { decodeBytewords, encodeBytewords } from '../../../shared/qr/bytewords';
import { crc32 } from '../../../shared/qr/crc32';
import { fragmentsOf } from '../../../shared/qr/fragment-choice';
import { encodeUr, UrEncoder } from '../../../shared/qr/ur-encoder';
import { multi, single } from '../../vectors/ur.json';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 2000 });

test('the codes of the reference implementation’s messages are those of its vectors, plain and mixed', () => {
  expect(encodeUr('bytes', fromHex(single.cbor))).toBe(single.ur);
  const encoder = new UrEncoder('bytes', fromHex(multi.cbor), 30);
  expect(multi.parts.map((_, index) => encoder.part(index + 1))).toEqual(multi.parts);
});

test('bytewords are read back as the bytes that were written, and a changed letter is noticed', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 25 }), (message, place, by) => {
      const text = encodeBytewords(message);
      expect(decodeBytewords(text)).toEqual(message);
      const at = place % text.length;
      const letter = String.fromCharCode(97 + ((text.charCodeAt(at) - 97 + by) % 26));
      expect(decodeBytewords(text.slice(0, at) + letter + text.slice(at + 1))).toBeNull();
      expect(decodeBytewords(text.slice(0, -1))).toBeNull();
      expect(decodeBytewords(text.slice(0, -2))).toBeNull();
    }),
  );
  expect(decodeBytewords('')).toBeNull();
});

test('the checksum is CRC-32 as everyone else computes it', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new TextEncoder().encode('Wolf'))).toBe(0x598c84dc);
  expect(crc32(new Uint8Array())).toBe(0);
});

test('a part mixes some of the fragments, each once, and its number says which', () => {
  const uint32 = fc.integer({ min: 1, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(uint32, fc.integer({ min: 1, max: 200 }), uint32, (number, fragmentCount, checksum) => {
      const chosen = fragmentsOf({ number, fragmentCount, checksum });
      expect(chosen.length).toBeGreaterThan(0);
      expect(new Set(chosen).size).toBe(chosen.length);
      expect(chosen.every((index) => index >= 0 && index < fragmentCount)).toBe(true);
      expect(fragmentsOf({ number, fragmentCount, checksum })).toEqual(chosen);
      if (number <= fragmentCount) expect(chosen).toEqual([number - 1]);
    }),
  );
});

test('fragments are as equal as the longest one allows, and no longer', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 10, max: 400 }), (message, longest) => {
      const encoder = new UrEncoder('airlock', message, longest);
      expect(encoder.fragmentCount).toBe(Math.ceil(message.length / longest));
    }),
  );
});
