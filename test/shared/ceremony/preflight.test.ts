import { expect, test } from 'vitest';
import { isAllGood, type PreflightFacts, preflightAdvice } from '../../../shared/ceremony/preflight';

const fine: PreflightFacts = {
  tls: 'pinned',
  audit: ['file/'],
  tokenKind: 'root',
  tokenNeeded: true,
  product: 'openbao',
  version: '2.7.2',
  attempt: null,
  clockAhead: -2,
  namespace: 'team',
  ha: 'on',
};

test('a server at which nothing is to be weighed is all good, and each thing is said all the same', () => {
  const advice = preflightAdvice(fine);
  expect(isAllGood(advice)).toBe(true);
  expect(advice.map(({ topic }) => topic)).toEqual([
    ...['tls', 'audit', 'endpoints', 'attempt', 'clock', 'version', 'namespace', 'ha'],
  ]);
});

test.each<[string, Partial<PreflightFacts>, 'advice' | 'unknown', RegExp]>([
  ['plain http', { tls: 'none' }, 'advice', /No TLS/],
  ['no audit device', { audit: [] }, 'advice', /audit enable/],
  ['audit devices without a token', { audit: 'no-token' }, 'unknown', /only to somebody with a token/],
  ['audit devices that the token may not see', { audit: 'refused' }, 'unknown', /may not read sys\/audit/],
  ['recovery mode', { audit: 'recovery-mode' }, 'advice', /no audit log/],
  ['open endpoints of OpenBao', { tokenNeeded: false }, 'advice', /disable_unauthed_generate_root_endpoints/],
  [
    'open endpoints of Vault 2',
    { tokenNeeded: false, product: 'vault', version: '2.0.4' },
    'advice',
    /enable_unauthenticated_access/,
  ],
  [
    'an attempt of others',
    { attempt: { words: 'copper lantern', progress: 1, required: 3 } },
    'advice',
    /copper lantern, 1 of 3/,
  ],
  ['a clock that is ahead', { clockAhead: 600 }, 'advice', /10 min ahead of this station/],
  ['a clock that is behind', { clockAhead: -7300 }, 'advice', /2 h behind this station/],
  ['a line without mending', { version: '2.6.2' }, 'advice', /not mended this line since 2026-09-23/],
  ['a standby', { ha: 'standby' }, 'advice', /This is a standby/],
  ['HA that is not told', { ha: 'unknown' }, 'unknown', /doesn’t tell/],
])('%s is to be weighed, in the server’s own terms', (_what, change, level, text) => {
  const weighed = preflightAdvice({ ...fine, ...change }).filter((each) => each.level !== 'good');
  expect(weighed).toEqual([{ topic: expect.any(String), level, text: expect.stringMatching(text) }]);
});
