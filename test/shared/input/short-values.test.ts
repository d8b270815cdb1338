import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexDigits, nameText, shortText, wholeNumberIn, wordsIn } from '../../../shared/input/short-values';

describe('words that were read out', () => {
  const words = 'copper lantern brisk acid';
  it.each([
    words,
    ' Copper  LANTERN brisk acid\r\n',
    'copper-lantern-brisk-acid',
    'copper, lantern, brisk, acid.',
    '1. copper 2. lantern 3. brisk 4. acid',
    '“copper lantern brisk acid”',
    'Words: copper lantern brisk acid',
    '\ufeffcopper\u00a0lantern\u00a0brisk\u200b acid',
    'copper / lantern / brisk / acid',
    'ｃｏｐｐｅｒ lantern brisk acid',
    '> copper lantern\n> brisk acid',
  ])('are the same words as: %s', (text) => {
    expect(wordsIn(text)).toBe(words);
  });

  it.each([
    'copper lantern brisk',
    'lantern copper brisk acid',
    'copperlantern brisk acid',
    '',
    'copper lantern brisk acid acid',
  ])('are others than: %s', (text) => {
    expect(wordsIn(text)).not.toBe(words);
  });
});

describe('digits of a fingerprint or a pin', () => {
  const digits = 'ab12'.repeat(10);
  it.each([
    digits,
    digits.toUpperCase(),
    `0x${digits}`,
    digits.replace(/(.{4})/g, '$1 ').trim(),
    digits.replace(/(.{2})(?=.)/g, '$1:'),
    `sha256 Fingerprint=${digits.replace(/(.{2})(?=.)/g, '$1:').toUpperCase()}`,
    `SHA-256:${digits}`,
    `Key fingerprint = ${digits.replace(/(.{4})/g, '$1\u00a0')}`,
    `"${digits}"\r\n`,
    `\ufeff${digits}`,
  ])('are read from: %s', (text) => {
    expect(hexDigits(text)).toBe(digits);
  });
});

describe('short text', () => {
  it('loses what nobody sees, the quotes and the spaces around it', () => {
    for (const around of ['"', "'", '“', '\u00a0', '\ufeff', '\u200b', ' \t'])
      expect(shortText(`${around}https://vault.example.com:8200${around}`)).toBe(
        'https://vault.example.com:8200',
      );
  });

  it('keeps a name as it is written', () => {
    for (const name of ['’t Hooft', 'Zoë Müller', 'José “Pepe”', 'علی‌رضا'])
      expect(nameText(` ${name}\u200b\r\n`)).toBe(name);
    expect(nameText('Zoë\u00a0Müller')).toBe('Zoë Müller');
  });

  it('is a whole number in any digits, and nothing else is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (n) => wholeNumberIn(` ${n}\u00a0`) === n),
    );
    expect(wholeNumberIn('２８')).toBe(28);
    for (const text of ['', '2.5', '1e3', '-1', '0x10', 'three']) expect(wholeNumberIn(text)).toBeNull();
  });
});
