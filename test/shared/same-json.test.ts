import canonicalize from 'canonicalize';
import { expect, test } from 'vitest';
import { isSameJson } from '../../shared/same-json';

const values: readonly unknown[] = [
  null,
  true,
  0,
  1,
  '',
  '1',
  [],
  [1],
  [1, 2],
  [2, 1],
  [[]],
  {},
  { a: 1 },
  { a: 2 },
  { b: 1 },
  { a: 1, b: 2 },
  { a: { b: [1, { c: null }] } },
  { a: { b: [1, { c: 0 }] } },
  { a: null },
  { 0: 'x' },
  ['x'],
];

test('values are the same where their canonical JSON is', () => {
  for (const a of values)
    for (const b of values)
      expect(isSameJson(a, b), `${JSON.stringify([a, b])}`).toBe(canonicalize(a) === canonicalize(b));
  expect(isSameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
});
