import { expect, test } from 'vitest';
import { remembered } from '../../shared/remembered';

test('what was made of a text is made once, and forgotten when enough others were asked for', async () => {
  const made: string[] = [];
  const of = remembered({ most: 2, longest: 4 }, async (text) => {
    made.push(text);
    return text.length;
  });
  expect([await of('a'), await of('bb'), await of('a')]).toEqual([1, 2, 1]);
  expect(made).toEqual(['a', 'bb']);
  await of('ccc');
  await of('a');
  expect(made).toEqual(['a', 'bb', 'ccc']);
  await of('bb');
  expect(made).toEqual(['a', 'bb', 'ccc', 'bb']);
});

test('what failed, or is long, is tried anew each time', async () => {
  let times = 0;
  const of = remembered({ most: 2, longest: 4 }, async (text) => {
    times += 1;
    if (text === 'bad') throw new Error('bad');
    return times;
  });
  await expect(of('bad')).rejects.toThrow('bad');
  await expect(of('bad')).rejects.toThrow('bad');
  expect(times).toBe(2);
  expect([await of('long one'), await of('long one')]).toEqual([3, 4]);
});
