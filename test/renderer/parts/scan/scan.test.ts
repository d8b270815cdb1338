import { describe, expect, test } from 'vitest';
import type { Taken } from '../../../../renderer/parts/code-in/intake';
import { codeFeed } from '../../../../renderer/parts/scan/code-feed';
import { freshScan, type Scan, withAnswer, withSighting } from '../../../../renderer/parts/scan/scan';
import type { Sighting } from '../../../../renderer/parts/scan/sighting';

const part = (have: number, more: { fresh?: boolean; switched?: boolean } = {}): Taken => ({
  status: 'part',
  have,
  of: 4,
  seen: [0, 1, 2, 3].map((index) => index < have),
  fresh: true,
  switched: false,
  ...more,
});
const refused: Taken = { status: 'refused', message: 'This code belongs to another ceremony.' };
const corner = { x: 1, y: 1 };
const empty: Sighting = { codes: [], verdict: null, width: 640, height: 480 };
const withCode: Sighting = {
  ...empty,
  codes: [{ text: 'UR:AIRLOCK/1-4/A', corners: [corner, corner, corner, corner] }],
};
const scanAfter = (...answers: Taken[]): Scan =>
  answers.reduce((scan, answer, index) => withAnswer(scan, answer, false, index * 1000), freshScan);

describe('A run of the scanner', () => {
  test('has a dot a frame: new, known, not ours, no code', () => {
    const scan = withSighting(scanAfter(part(1), part(1, { fresh: false }), refused), empty, 4000);
    expect(scan.dots).toEqual(['new', 'known', 'foreign', 'none']);
  });

  test('keeps the parts read when a code is refused, and says why', () => {
    const scan = scanAfter(part(1), part(2), refused);
    expect(scan.reading?.have).toBe(2);
    expect(scan.refused?.message).toBe('This code belongs to another ceremony.');
    expect(withSighting(scan, withCode, 3000).refused).not.toBeNull();
    expect(withSighting(scan, withCode, 30_000).refused).toBeNull();
  });

  test('says so when another message is being read, and counts its time from there', () => {
    const scan = scanAfter(part(1), part(2), refused, part(1, { switched: true }));
    expect(scan.switchedAt).toBe(3000);
    expect(scan.arrivals).toEqual([3000]);
    expect(scan.refused).toBeNull();
    expect(withSighting(scan, empty, 60_000).switchedAt).toBeNull();
  });

  test('shows where the code is, only while it is there', () => {
    const scan = withSighting(freshScan, withCode, 0);
    expect(scan.outline).toMatchObject({ width: 640, height: 480 });
    expect(withSighting(scan, empty, 1).outline).toBeNull();
  });

  test('counts a part that stays in view for many frames once', () => {
    let scan = withAnswer(freshScan, part(1), false, 0);
    for (let at = 1; at < 200; at++) scan = withAnswer(scan, part(1), true, at);
    expect(scan.arrivals).toEqual([0]);
    expect(scan.dots).toHaveLength(32);
    expect(new Set(scan.dots)).toEqual(new Set(['known']));
  });
});

describe('The way of a code from the camera', () => {
  /** A main process whose answers come when the test says so. */
  function slow() {
    const asked: string[] = [];
    const answers: ((answer: Taken) => void)[] = [];
    const told: { again: boolean }[] = [];
    const feed = codeFeed(
      (text) => {
        asked.push(text);
        return new Promise((resolve) => answers.push(resolve));
      },
      (_answer, again) => told.push({ again }),
    );
    const settle = async (answer: Taken): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve));
      answers.shift()?.(answer);
      await new Promise((resolve) => setTimeout(resolve));
    };
    return { asked, told, feed, settle };
  }

  test('hands on a text once while it is in view, and again later', async () => {
    const { asked, told, feed, settle } = slow();
    feed.offer('A', 0);
    feed.offer('A', 30);
    await settle(part(1));
    feed.offer('A', 60);
    expect(asked).toEqual(['A']);
    expect(told).toEqual([{ again: false }, { again: true }]);
    feed.offer('A', 5000);
    await settle(part(1, { fresh: false }));
    expect(asked).toEqual(['A', 'A']);
  });

  test('hands on one after the other, and lets go what would pile up', async () => {
    const { asked, feed, settle } = slow();
    await settle(part(1));
    for (let index = 0; index < 100; index++) feed.offer(`part ${index}`, index);
    for (let round = 0; round < 20; round++) await settle(part(1));
    expect(asked).toEqual(Array.from({ length: 8 }, (_, index) => `part ${index}`));
  });
});
