import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** How the names of pictures end that are read here. */
export const pictureKinds: readonly string[] = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.bmp'];

/** How the names of files end that may hold a message. */
export const messageKinds: readonly string[] = [...pictureKinds, '.ur', '.airlock'];

/** The files of these kinds in a folder, sorted by name; what is no folder, itself. Throws what the system throws. */
export function filesNamedBy(path: string, kinds: readonly string[]): string[] {
  if (path === '-' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => kinds.includes(extname(name).toLowerCase()))
    .sort()
    .map((name) => join(path, name));
}
