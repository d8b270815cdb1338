import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitting, least } from '../../../main/desktop/window-place';

const laptop = { x: 0, y: 24, width: 1366, height: 744 };
const wall = { x: 1366, y: 0, width: 2560, height: 1400 };

describe('a window', () => {
  test('that was never moved opens in the middle of the main screen, no larger than that', () => {
    expect(fitting(null, [wall, laptop])).toEqual({ x: 2006, y: 270, width: 1280, height: 860 });
    expect(fitting(null, [laptop, wall])).toEqual({ x: 43, y: 24, width: 1280, height: 744 });
  });

  test('opens where it stood, on whichever screen', () => {
    const before = { x: 1500, y: 100, width: 1400, height: 900 };
    expect(fitting(before, [laptop, wall])).toEqual(before);
  });

  test('comes back whole onto the screen that is left, in a size that fits it', () => {
    const before = { x: 1500, y: 100, width: 1400, height: 900 };
    expect(fitting(before, [laptop])).toEqual({ x: 0, y: 24, width: 1366, height: 744 });
  });

  test('is inside of one work area, and no smaller than the least that it needs, wherever it stood', () => {
    const number = fc.integer({ min: -5000, max: 5000 });
    const size = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(number, number, size, size, (x, y, width, height) => {
        const areas = [laptop, wall];
        const at = fitting({ x, y, width, height }, areas);
        expect(
          areas.some(
            (area) =>
              at.x >= area.x &&
              at.y >= area.y &&
              at.x + at.width <= area.x + area.width &&
              at.y + at.height <= area.y + area.height,
          ),
        ).toBe(true);
        expect(at.width).toBeGreaterThanOrEqual(least.width);
        expect(at.height).toBeGreaterThanOrEqual(least.height);
      }),
    );
  });

  test('is as small as a screen that is smaller than the least', () => {
    const tiny = { x: 0, y: 0, width: 800, height: 600 };
    expect(fitting(null, [tiny])).toEqual(tiny);
  });
});
