import { resolve } from 'node:path';

/**
 * The file that the program was started on, as the desktop does for a file of its type: the one argument that
 * is no switch. Null where there is none. An unpackaged program's first argument is what Electron runs.
 * Throws an Error with a sentence where there are several. `folder`: the one in which it was typed.
 */
export function fileToOpen(argv: readonly string[], packaged: boolean, folder: string): string | null {
  const named = argv.slice(1).filter((arg) => !arg.startsWith('-'));
  const [file, ...more] = packaged ? named : named.slice(1);
  if (more.length > 0)
    throw new Error('Airlock opens one file at a time. Start it on one, and take the others in there.');
  return file === undefined || file === '' ? null : resolve(folder, file);
}
