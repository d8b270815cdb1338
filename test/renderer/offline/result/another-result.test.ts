import { expect, test } from 'vitest';
import { takesAnotherResult } from '../../../../renderer/offline/result/another-result';

const token = {
  kind: 'service',
  prefix: 'hvs.',
  length: 28,
  decodedAt: '2026-03-04T05:06:07Z',
  keyMatches: true,
  caution: null,
  held: false,
  revocationReported: false,
};

test('a further result can be gone to while one is waited for or has not been decoded', () => {
  expect(takesAnotherResult({ step: 'result', token: null })).toBe(true);
  expect(takesAnotherResult({ step: 'decode', token: null })).toBe(true);
});

test('of a token that is decoded and known to be right no further result is offered, for none would be taken', () => {
  expect(takesAnotherResult({ step: 'decode', token })).toBe(false);
  expect(takesAnotherResult({ step: 'destroy', token: { ...token, revocationReported: true } })).toBe(false);
});

test('of a token that nothing could check a better copy may still be taken, until it is said to be revoked', () => {
  const doubtful = { ...token, caution: 'Nothing could check it.' };
  expect(takesAnotherResult({ step: 'decode', token: doubtful })).toBe(true);
  expect(takesAnotherResult({ step: 'decode', token: { ...doubtful, revocationReported: true } })).toBe(
    false,
  );
});
