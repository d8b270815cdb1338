import { describe, expect, test } from 'vitest';
import {
  forTerminal,
  isPlainLine,
  isProperName,
  nameKey,
  plainLine,
  shortName,
} from '../../shared/plain-text';

describe('a name', () => {
  test.each([
    'Ada',
    'Ада',
    'Αδα',
    'Ադա',
    'Laptop Ивана',
    '山田ケンたろう',
    'ケンKen',
    '김Kim',
    'Zoë O’Neill',
    'علی',
    'علی\u200cرضا',
    '李小龍',
    'Ada Lovelace-Byron 2',
  ])('is taken as it is: %s', (name) => {
    expect(isProperName(name, 80)).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['a space at its end, to look like another', 'Ada '],
    ['two spaces', 'Ada  L'],
    ['a space of no width', 'Ada\u200b'],
    ['what turns the writing round', 'Ada\u202e'],
    ['what steers a terminal', '\u001b[2JAda'],
    ['a second line', 'Ada\nBen'],
    ['a letter that shows nothing', 'Ada\u3164'],
    ['a selector that shows nothing', 'Ada\ufe0f'],
    ['a joiner that joins nothing', 'Ada\u200c'],
    ['a Cyrillic letter among Latin ones', '\u0410da'],
    ['a Latin letter among Cyrillic ones', 'A\u0434\u0430'],
    ['a Greek letter among Latin ones', '\u0391da'],
    ['an address', 'Ada <ada@example.org>'],
    ['81 characters', 'a'.repeat(81)],
  ])('is refused with %s', (_, name) => {
    expect(isProperName(name, 80)).toBe(false);
  });
});

test('names that differ in what nobody sees, or in case, are the same name', () => {
  expect(nameKey('A\u200cda')).toBe(nameKey('ADA'));
  expect(nameKey('Ada')).not.toBe(nameKey('Adam'));
});

test.each([
  ['Cyrillic', '\u0421\u043e\u0441\u043e', 'Coco'],
  ['Cyrillic capitals', '\u0412\u041e\u0412', 'Bob'],
  ['Greek', '\u039f\u03c4\u03c4\u03bf', 'Otto'],
])('a name all in %s letters is the same name as the Latin one that it looks like', (_, name, latin) => {
  expect(isProperName(name, 80)).toBe(true);
  expect(nameKey(name)).toBe(nameKey(latin));
});

test('names that look different stay different in every script', () => {
  expect(nameKey('Ада')).not.toBe(nameKey('Ada'));
  expect(new Set(['Иван', 'Анна', 'Νίκος', 'Άννα', '李', '山田'].map(nameKey)).size).toBe(6);
});

test('a name is cut between characters, and to a name', () => {
  expect(shortName('custodian 𝒜𝒹𝒶', 13)).toBe('custodian 𝒜');
  expect(shortName('علی\u200cرضا', 4)).toBe('علی');
});

test('a plan is made into lines of which nothing is hidden', () => {
  const typed = ' Re-enable\tOIDC\n\u202eafter the\u200b move ';
  expect(isPlainLine(typed)).toBe(false);
  expect(plainLine(typed)).toBe('Re-enable OIDC after the move');
  expect(isPlainLine(plainLine(typed))).toBe(true);
});

test('what others wrote steers no terminal', () => {
  expect(forTerminal('a\tb\n\u001b[2K\u009bOK\r\u202e')).toBe('a\tb\n?[2K?OK??');
  expect(forTerminal('Zoë – 李 ✓')).toBe('Zoë – 李 ✓');
});
