import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** How the names of pictures end that are read here. */
export const pictureKinds: readonly string[] = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.bmp'];

/** How the names of files end that may hold a message. */
export const messageKinds: readonly string[] = [...pictureKinds, '.ur', '.airlock'];

const kindOf = (path: string): string => extname(path).toLowerCase();

/** The files of these kinds in a folder, sorted by name. A path that is no folder is itself. Throws what the system throws. */
export function filesNamedBy(path: string, kinds: readonly string[]): string[] {
  if (path === '-' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => kinds.includes(kindOf(name)))
    .sort()
    .map((name) => join(path, name));
}

/** By which way the messages in these files and folders came in, for the transcript. `-` is standard input. */
export function incomingCarrier(paths: readonly string[]): 'qr' | 'stdin' | 'file' {
  const files = paths.flatMap((path) => filesNamedBy(path, messageKinds));
  if (files.some((path) => pictureKinds.includes(kindOf(path)))) return 'qr';
  return paths.includes('-') ? 'stdin' : 'file';
}
