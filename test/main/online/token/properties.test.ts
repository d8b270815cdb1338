import { expect, test } from 'vitest';
import type { TokenFacts } from '../../../../main/online/server/answer';
import { durationText, tokenProperties } from '../../../../main/online/token/properties';

const limited: TokenFacts = {
  accessor: 'abcdefghijklmnopqrstuvwx',
  policies: ['default', 'deploy'],
  identityPolicies: [],
  displayName: 'token',
  path: 'auth/token/create',
  ttl: 3600,
  creationTime: 1_790_000_000,
  type: 'service',
  explicitMaxTtl: 0,
  period: 0,
  numUses: 0,
  orphan: false,
  renewable: true,
};

const meaningOf = (change: Partial<TokenFacts>, name: string): string => {
  const found = tokenProperties({ ...limited, ...change }).find((property) => property.name === name);
  return `${found?.value}: ${found?.meaning}`;
};

test.each<[string, Partial<TokenFacts>, RegExp]>([
  ['Type', { type: 'service' }, /renewed and revoked/],
  ['Type', { type: 'batch' }, /can’t be revoked by itself/],
  ['Type', { type: '' }, /Older servers/],
  ['Policies', { policies: ['root'] }, /root token: it may do everything/],
  ['Policies', { policies: ['default', 'root'] }, /root token/],
  ['Policies', {}, /^default, deploy: It may do what these allow/],
  ['Policies', { policies: [] }, /may do nothing/],
  ['Policies', { identityPolicies: ['team'] }, /identity that it belongs to: team/],
  ['TTL', { ttl: 0 }, /never ends by itself/],
  ['TTL', {}, /^1h left: Then it ends\. Unless it is renewed/],
  ['TTL', { renewable: false }, /can’t be renewed/],
  ['Explicit max TTL', { explicitMaxTtl: 7200 }, /^2h: .*2026-09-21 \d\d:\d\d:\d\d UTC.*however often/],
  ['Explicit max TTL', {}, /^none: .*limits of the server/],
  ['Explicit max TTL', { ttl: 0 }, /^none: No end was set/],
  ['Period', { period: 86_400 }, /^1d: .*with no end/],
  ['Period', {}, /^none: It isn’t periodic/],
  ['Uses left', { numUses: 3 }, /^3: .*after the last one the server revokes it/],
  ['Uses left', {}, /^any number/],
  ['Orphan', { orphan: true }, /^yes: It has no parent/],
  ['Orphan', { orphan: false }, /^no: It ends when/],
  ['Orphan', { orphan: null }, /the server doesn’t say/],
  ['Path', { path: 'auth/token/root' }, /key shares/],
  ['Path', { path: 'namespaces/0c/auth/token/root' }, /key shares.*namespace/],
  ['Path', { path: 'auth/token/create-orphan' }, /another token/],
  ['Path', { path: 'auth/userpass/login/ada' }, /by a login/],
  ['Accessor', {}, /nobody can log in with it/],
  ['Accessor', { accessor: '' }, /^none: /],
])('%s of %o is explained', (name, change, words) => {
  expect(meaningOf(change, name)).toMatch(words);
});

test('every property that a lookup shows is there, each with a meaning', () => {
  const all = tokenProperties(limited);
  expect(all.map(({ name }) => name)).toEqual([
    'Type',
    'Policies',
    'Created',
    'TTL',
    'Explicit max TTL',
    'Period',
    'Uses left',
    'Orphan',
    'Path',
    'Accessor',
  ]);
  for (const { value, meaning } of all) expect([value, meaning]).not.toContain('');
});

test.each([
  [0, '0s'],
  [59, '59s'],
  [3_661, '1h 1m 1s'],
  [2_764_800, '32d'],
])('%i seconds are %s', (seconds, text) => expect(durationText(seconds)).toBe(text));
