import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationIn, durationText, durationWords, longestDuration } from '../../../shared/task/duration';

test.each([
  ['8h', 28_800],
  ['90m', 5400],
  ['1h30m', 5400],
  ['2d', 172_800],
  [' 3600 ', 3600],
  ['45S', 45],
])('“%s” is a duration of %i seconds', (text, seconds) => {
  expect(durationIn(text)).toBe(seconds);
});

test.each(['', '0', '0s', '-1h', '1.5h', '8 h', '30m8h', '1h1h', '3651d', '99999999999', 'soon'])(
  '“%s” is no duration',
  (text) => {
    expect(durationIn(text)).toBeNull();
  },
);

test('a duration is said in whole words, and typed as it is read', () => {
  expect(durationWords(93_784)).toBe('1 day 2 hours 3 minutes 4 seconds');
  expect(durationWords(86_400)).toBe('1 day');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: longestDuration }), (seconds) => {
      expect(durationIn(durationText(seconds))).toBe(seconds);
    }),
  );
});
