import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Home } from './home';

const place = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  maximized: z.boolean(),
});

/** Where a home's window stood; null where nothing usable is kept. As a preference, it is under no seal. */
export function readWindowPlace(home: Home): z.infer<typeof place> | null {
  try {
    return place.parse(JSON.parse(readFileSync(home.windowPlace(), 'utf8')));
  } catch {
    return null;
  }
}

/** Where it can't be kept, the next window opens at the standard size: that is not worth stopping for. */
export function writeWindowPlace(home: Home, kept: z.infer<typeof place>): void {
  try {
    writeFileAtomic.sync(home.windowPlace(), `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  } catch {
    // As above.
  }
}
