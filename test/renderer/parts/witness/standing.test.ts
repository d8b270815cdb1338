import { expect, test } from 'vitest';
import { standingAt, standingAtHome } from '../../../../renderer/parts/witness/standing';

const statement = { ur: '', words: '', title: '', parts: [] } as never;

test('the rail of a witness says what comes next at the station that they look at', () => {
  const seen = { statement: null, signed: 0, lines: 7, closed: false };
  expect(standingAt(seen)).toBe('read');
  expect(standingAt({ ...seen, signed: 7, statement })).toBe('state');
  // Signed up to the last line: only another code brings more.
  expect(standingAt({ ...seen, signed: 7 })).toBe('journal');
  expect(standingAt({ ...seen, signed: 7, lines: 9 })).toBe('read');
  expect(standingAt({ ...seen, signed: 7, closed: true })).toBe(null);
  expect(standingAt({ ...seen, closed: true })).toBe('read');
});

test('at home it says that they follow, as long as a station goes on', () => {
  expect(standingAtHome([])).toBe(null);
  expect(standingAtHome([{ stations: [{ closed: true }] }])).toBe(null);
  expect(standingAtHome([{ stations: [{ closed: true }, { closed: false }] }])).toBe('follow');
});
