import { describe, expect, test } from 'vitest';
import {
  freshTyping,
  nextKey,
  type Typing,
  waitFor,
} from '../../../../renderer/parts/code-in/scanner-typing';

const code = 'UR:AIRLOCK/LPAXBBCFAXIDMKHDCLAXETADLP';

/** Types a text with so many milliseconds between its keys. */
function type(text: string, gap: number, suffix?: string) {
  let typing: Typing = freshTyping;
  let at = 1_000;
  const through: string[] = [];
  let whole: string | null = null;
  for (const key of [...text, ...(suffix === undefined ? [] : [suffix])]) {
    const step = nextKey(typing, key, at);
    typing = step.typing;
    if (!step.caught) through.push(key);
    if (step.whole) whole = typing.text;
    at += gap;
  }
  return { whole, through, wait: waitFor(typing), text: typing.text };
}

describe('a scanner that types', () => {
  test.each([
    ['fast', 5],
    ['at the speed of an old one', 35],
    ['slowly', 150],
    ['very slowly', 390],
  ])('is read to its Enter or its Tab: %s', (_name, gap) => {
    for (const suffix of ['Enter', 'Tab']) expect(type(code, gap, suffix).whole).toBe(code);
  });

  test('is through without either, once nothing more has come for some of its gaps', () => {
    expect(type(code, 5)).toMatchObject({ text: code, wait: 300 });
    expect(type(code, 150)).toMatchObject({ text: code, wait: 600 });
  });

  test('sets off no shortcut after its first letters, on whatever layout it types', () => {
    const french = code.replaceAll('A', 'Q').replace(':', 'M').replace('/', '!').replaceAll('M', ',');
    for (const text of [code, french, 'GP;AIRLOCK/LPCFAFCFCC', '12345678901234567890cfcf'])
      expect(type(text, 5).through.length).toBeLessThanOrEqual(5);
  });

  test('keeps its own key to itself', () => {
    expect(type(code, 5, 'Enter').through).not.toContain('Enter');
  });
});

describe('a person who types outside any field', () => {
  test('keeps every key, and every shortcut', () => {
    for (const [text, gap] of [
      ['cfcfcf', 90],
      ['c', 0],
      ['urgent message to the others in the room', 120],
      ['aa', 10],
      ['++++++++++++++++++++++++', 30],
    ] as const) {
      const typed = type(text, gap, 'Enter');
      expect(typed.through.join('')).toBe(`${text}Enter`);
      expect(typed.whole).toBeNull();
      expect(typed.wait).toBeNull();
    }
  });
});
