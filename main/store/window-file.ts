import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { Home } from './home';

/** Where a home's window stood, in the screen's own points. */
interface KeptPlace {
  readonly bounds: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly maximized: boolean;
}

/**
 * Where a home's window stood; null where nothing usable is kept. As a preference, it is under no seal. Read
 * by hand: a window opens before anything large is read, as schemas are.
 */
export function readWindowPlace(home: Home): KeptPlace | null {
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(home.windowPlace(), 'utf8')) as KeptPlace;
    const { x, y, width, height } = bounds;
    const usable =
      [x, y, width, height].every(Number.isSafeInteger) &&
      width > 0 &&
      height > 0 &&
      typeof maximized === 'boolean';
    return usable ? { bounds: { x, y, width, height }, maximized } : null;
  } catch {
    return null;
  }
}

/** Where it can't be kept, the next window opens at the standard size: that is not worth stopping for. */
export function writeWindowPlace(home: Home, { bounds, maximized }: KeptPlace): void {
  try {
    writeFileAtomic.sync(home.windowPlace(), `${JSON.stringify({ bounds, maximized })}\n`, { mode: 0o600 });
  } catch {
    // As above.
  }
}
