import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import { type Build, tellBuildBy } from '../build';
import { OwnFiles } from '../own-files';

/** As the build writes it into the app's own package.json (package/folder/app.mjs). */
const packaged = z.object({ commit: z.string().regex(/^[0-9a-f]{40}(?:\+changes)?$/) });

/** How long after the start the files are read: a person's first screen comes first. */
const LATER_MS = 3000;

/**
 * Lets journals and About tell which build this is: of a packaged app, by its commit and by its files as they
 * lie here. To be called once, at the start.
 */
export function tellOwnBuild(): void {
  const commit = app.isPackaged ? ownCommit() : null;
  if (commit === null) return;
  const files = new OwnFiles(dirname(app.getPath('exe')));
  tellBuildBy((): Build | null => {
    try {
      return { commit, filesSha256: files.digest() };
    } catch {
      // A folder that can't be read as a whole has no digest that anybody could compare.
      return null;
    }
  });
  void app.whenReady().then(() => {
    setTimeout(() => files.begin().catch(() => undefined), LATER_MS);
  });
}

function ownCommit(): string | null {
  try {
    return packaged.parse(JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'))).commit;
  } catch {
    return null;
  }
}
