import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenGroups } from '../../../shared/token/token-groups';

test.each([
  ['hvs.abcdefghijklmnopqrstuvwx', ['hvs.', 'abcd', 'efgh', 'ijkl', 'mnop', 'qrst', 'uvwx']],
  ['s.abcdefghijklmnopqrstuvwx', ['s.', 'abcd', 'efgh', 'ijkl', 'mnop', 'qrst', 'uvwx']],
  ['hvr.abcdef', ['hvr.', 'abcd', 'ef']],
  ['s.abcdefghijklmnopqrstuvwx.nsid12', ['s.', 'abcd', 'efgh', 'ijkl', 'mnop', 'qrst', 'uvwx', '.nsid12']],
  ['abcdefghijkl', ['abcd', 'efgh', 'ijkl']],
  ['', []],
])('%s is read aloud in groups of four, its prefix apart', (token, groups) => {
  expect(tokenGroups(token)).toEqual(groups);
});

test('put together again, the groups are the token, and none is longer than nine', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Za-z._-]{0,60}$/), (token) => {
      const groups = tokenGroups(token);
      expect(groups.join('')).toBe(token);
      for (const group of groups) expect(group.length).toBeLessThanOrEqual(9);
    }),
  );
});
