import { expect, test } from 'vitest';
import { isLargeBrought, largeBrought, namesBrought } from '../../../shared/task/large-brought';

test('an outcome names the file that it has no room for, so that no other is taken for it', () => {
  const hash = 'ab'.repeat(32);
  const said = largeBrought(3, hash);
  expect(said).toContain('brought-3.pgp');
  // Whole, with what a task says besides, within the 300 characters that an outcome has for it.
  expect(said.length).toBeLessThan(200);
  expect([namesBrought(said, hash), namesBrought(said, 'cd'.repeat(32))]).toEqual([true, false]);
  expect([isLargeBrought(said), isLargeBrought('Its accessor is abc.')]).toEqual([true, false]);
});
