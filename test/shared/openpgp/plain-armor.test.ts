import { expect, test } from 'vitest';
import { plainArmor, plainArmored } from '../../../shared/openpgp/plain-armor';

const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 89 + length * 31) & 255);

test.each(['signature', 'publicKey'] as const)(
  'what openpgp writes of a %s is read, of any length',
  (kind) => {
    for (let length = 1; length < 200; length++) {
      const bytes = bytesOf(length);
      expect(plainArmored(kind, plainArmor(kind, bytes)), `${length} bytes`).toEqual(bytes);
    }
  },
);

/** Every text that differs from one by one character more, less, or another. */
function* neighbours(text: string): Generator<string> {
  for (let at = 0; at <= text.length; at++) {
    const [before, after] = [text.slice(0, at), text.slice(at)];
    yield before + after.slice(1);
    for (const other of ['A', 'B', '=', '\n', ' ', '\r', '-', '+']) {
      yield `${before}${other}${after}`;
      if (after !== '') yield `${before}${other}${after.slice(1)}`;
    }
  }
}

test('of one content there is one text: whatever else is read, is written so as well', () => {
  for (const length of [1, 2, 3, 44, 45, 46, 89, 90, 91, 119]) {
    const text = plainArmor('signature', bytesOf(length));
    for (const other of neighbours(text)) {
      const read = plainArmored('signature', other);
      if (read !== null) expect(plainArmor('signature', read)).toBe(other);
    }
  }
});

test('is of its kind, and ends somewhere', () => {
  const text = plainArmor('signature', bytesOf(70));
  expect(plainArmored('publicKey', text)).toBeNull();
  expect(plainArmored('signature', '')).toBeNull();
  expect(plainArmored('signature', plainArmor('signature', bytesOf(60_000)))).toBeNull();
});
