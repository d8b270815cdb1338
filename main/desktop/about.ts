import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { type About, type BundledPart, bundledParts } from '../../shared/ipc/about';
import { ownBuild } from '../build';

/** Which program this is, and what it is made of. `folder`: where its bundles lie. */
export const aboutApp = (folder: string): About => ({
  version: app.getVersion(),
  build: ownBuild(),
  electron: process.versions.electron,
  chromium: process.versions['chrome'] ?? '',
  node: process.versions.node,
  parts: partsIn(folder),
});

/** Who reads the licences can do without them; a broken installation is for others to find. */
function partsIn(folder: string): BundledPart[] {
  try {
    return bundledParts.parse(JSON.parse(readFileSync(join(folder, 'licences.json'), 'utf8')));
  } catch {
    return [];
  }
}
