import { expect, test } from 'vitest';
import { inNamespace, parentOf, parseNamespace, sameNamespace } from '../../../shared/ceremony/namespace';

test.each([
  ['', ''],
  ['root', ''],
  ['/', ''],
  ['team', 'team'],
  ['/team/blue/', 'team/blue'],
  [' team / blue ', 'team/blue'],
])('the namespace “%s” is written “%s” everywhere', (typed, written) => {
  expect(parseNamespace(typed)).toBe(written);
});

test('a namespace stands in the one around it', () => {
  expect(parentOf('team')).toEqual({ parent: '', name: 'team' });
  expect(parentOf('team/blue/one')).toEqual({ parent: 'team/blue', name: 'one' });
});

test('no namespace is the whole server, and has no name', () => {
  expect(sameNamespace({}, { namespace: '' })).toBe(true);
  expect(sameNamespace({}, { namespace: 'team' })).toBe(false);
  expect([inNamespace({}), inNamespace({ namespace: 'team' })]).toEqual(['', ', namespace team']);
});
