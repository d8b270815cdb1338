import { expect, test } from 'vitest';
import { kindOfException, kindOfRejection } from '../../../shared/transcript/lines-without-kind';

test.each([
  ['The server has this share already.', 'given-before'],
  ['Not counted: No connection to https://vault:8200. Nothing was sent.', 'not-counted'],
  ['Not counted yet: The connection broke.', 'not-counted-yet'],
  ['The shares together were wrong (no reason), and the server counts from 0 again.', 'wrong-shares'],
])('an older line of a refused share, “%s”, is read as %s', (reason, kind) => {
  expect(kindOfRejection({ reason })).toBe(kind);
});

test.each([
  ['It is not known whether a share was counted: The connection broke.', 'share-unknown'],
  [
    'The station that opened the one-time password also takes the answer, and so could read the root token. The officer allowed it in the start message.',
    'same-station-allowed',
  ],
  [
    'The station that opened the one-time password also took the answer, and so could read the root token. The officer had not allowed it: a share that came in between elsewhere made the one that was given here the last.',
    'same-station-unforeseen',
  ],
  ['The last line of this journal was torn, as a power cut leaves it.', null],
])('an older line of an exception, “%s”, is read as %s', (text, kind) => {
  expect(kindOfException({ text })).toBe(kind);
});

test('a line that has its kind is not asked for its sentence', () => {
  expect(kindOfRejection({ kind: 'not-counted', reason: 'The server has this share already.' })).toBe(
    'not-counted',
  );
  expect(kindOfException({ kind: 'share-unknown', text: 'Anything.' })).toBe('share-unknown');
});
