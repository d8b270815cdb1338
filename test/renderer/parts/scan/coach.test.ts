import { describe, expect, test } from 'vitest';
import { advice, type Coach, freshCoach, type Sight, see } from '../../../../renderer/parts/scan/coach';

/** Frames every 150 ms, from `at` on. */
function watch(coach: Coach, sights: readonly Sight[], at: number): { coach: Coach; said: (Sight | null)[] } {
  const said: (Sight | null)[] = [];
  let now = coach;
  for (const [index, sight] of sights.entries()) {
    now = see(now, sight, at + 150 * index);
    said.push(now.said);
  }
  return { coach: now, said };
}

const times = (count: number, ...sights: Sight[]): Sight[] =>
  Array.from({ length: count }, () => sights).flat();

describe('The scan coach', () => {
  test('says that a code is found at its first frame', () => {
    expect(see(freshCoach, 'read', 0).said).toBe('read');
  });

  test('says nothing until three frames agree', () => {
    expect(watch(freshCoach, times(3, 'too-dark'), 0).said).toEqual([null, null, 'too-dark']);
  });

  test('does not flicker where frames disagree', () => {
    const { coach } = watch(freshCoach, times(8, 'blurred'), 0);
    const { said } = watch(coach, times(10, 'blurred', 'nothing', 'blurred', 'cut-off'), 1200);
    expect(new Set(said)).toEqual(new Set(['blurred']));
  });

  test('stays with a found code through the blurred frames between two parts', () => {
    const { said } = watch(freshCoach, times(10, 'read', 'blurred', 'blurred'), 0);
    expect(new Set(said)).toEqual(new Set(['read']));
  });

  test('tells soon when the code has gone', () => {
    const { coach } = watch(freshCoach, times(4, 'read'), 0);
    const { said } = watch(coach, times(14, 'cut-off'), 600);
    expect(said[0]).toBe('read');
    expect(said.at(-1)).toBe('cut-off');
    expect(said.filter((one, index) => index > 0 && one !== said[index - 1])).toHaveLength(1);
  });

  test('leaves what it says on long enough to be read, unless a code is found', () => {
    const { coach } = watch(freshCoach, times(3, 'too-dark'), 0);
    expect(watch(coach, times(3, 'blurred'), 450).said).toEqual(times(3, 'too-dark'));
    expect(see(coach, 'read', 400).said).toBe('read');
  });

  test('keeps no more than a second or so of frames in memory', () => {
    const { coach } = watch(freshCoach, times(1000, 'nothing'), 0);
    expect(coach.sights.length).toBeLessThan(12);
  });

  test('says what to do, each in words of its own', () => {
    const sentences = Object.values(advice);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) expect(sentence).toMatch(/\.$/);
  });
});
