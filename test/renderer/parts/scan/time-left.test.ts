import { describe, expect, test } from 'vitest';
import { secondsLeft, timeText } from '../../../../renderer/parts/scan/time-left';

const every = (gap: number, count: number): number[] => Array.from({ length: count }, (_, i) => i * gap);

describe('The time left', () => {
  test('is unknown until a few parts have come over a second or more', () => {
    expect(secondsLeft([], 9, 0)).toBeNull();
    expect(secondsLeft([0, 200], 9, 300)).toBeNull();
    expect(secondsLeft(every(200, 4), 9, 650)).toBeNull();
    expect(secondsLeft(every(500, 3), 9, 1000)).not.toBeNull();
  });

  test('is what is missing at the pace of what came', () => {
    expect(secondsLeft(every(200, 11), 20, 2000)).toBeCloseTo(4);
    expect(secondsLeft(every(1000, 6), 8, 5000)).toBeCloseTo(8);
  });

  test('goes by the pace of late, not of the beginning', () => {
    const fastThenSlow = [...every(100, 20), ...every(1000, 12).map((at) => 2900 + at)];
    expect(secondsLeft(fastThenSlow, 5, 13_900)).toBeCloseTo(5);
  });

  test('grows where the next part is late, and is unknown once none come', () => {
    const arrivals = every(200, 10);
    const soon = secondsLeft(arrivals, 10, 1900) ?? 0;
    expect(secondsLeft(arrivals, 10, 3300) ?? 0).toBeGreaterThan(soon);
    expect(secondsLeft(arrivals, 10, 6000)).toBeNull();
  });

  test('is said no finer than it is known', () => {
    expect([0.2, 7.4, 33, 200].map(timeText)).toEqual([
      'about 1 s',
      'about 8 s',
      'about 35 s',
      'about 4 min',
    ]);
  });
});
