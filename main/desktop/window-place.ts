import type { Rectangle } from 'electron';

/** Where a window stands and how large it is, in the screen's own points. */
export interface WindowPlace {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

/** Size of a window that was never moved. */
const standard = { width: 1280, height: 860 } as const;
/** No window is smaller, unless the screen is. */
export const least = { width: 900, height: 640 } as const;

/**
 * The bounds of a window that fits the screen: no larger than the work area and nowhere outside of it, on the
 * screen where most of it was before. `before`: null for a window that was never moved. `areas`: the work
 * area of each screen, the main one first.
 */
export function fitting(before: Rectangle | null, areas: readonly Rectangle[]): Rectangle {
  const area = nearest(before, areas);
  if (area === undefined) return { x: 0, y: 0, ...standard };
  const width = between(least.width, before?.width ?? standard.width, area.width);
  const height = between(least.height, before?.height ?? standard.height, area.height);
  const x = before === null ? area.x + (area.width - width) / 2 : before.x;
  const y = before === null ? area.y + (area.height - height) / 2 : before.y;
  return {
    x: Math.round(between(area.x, x, area.x + area.width - width)),
    y: Math.round(between(area.y, y, area.y + area.height - height)),
    width,
    height,
  };
}

/** Where the two limits cross, the upper one holds. */
const between = (from: number, value: number, to: number): number => Math.min(Math.max(value, from), to);

function nearest(before: Rectangle | null, areas: readonly Rectangle[]): Rectangle | undefined {
  if (before === null) return areas[0];
  return areas.reduce<Rectangle | undefined>(
    (best, area) => (best === undefined || shared(before, area) > shared(before, best) ? area : best),
    undefined,
  );
}

/** How much of a window lies in an area. */
const shared = (window: Rectangle, area: Rectangle): number =>
  overlap(window.x, window.width, area.x, area.width) * overlap(window.y, window.height, area.y, area.height);

const overlap = (a: number, width: number, b: number, otherWidth: number): number =>
  Math.max(0, Math.min(a + width, b + otherWidth) - Math.max(a, b));
