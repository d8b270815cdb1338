import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Build, tellBuildBy } from '../build';
import { OwnFiles } from '../own-files';

/** The program from the folder of this part's built file, '' where all is one file (vite.cli.config.ts). */
declare const PROGRAM_FILE: string;

/** The last line of a packaged program, as `package/folder/command-line.mjs` adds it. */
const builtOf = /\n\/\/ Built of commit ([0-9a-f]{40}(?:\+changes)?)\n$/;

/**
 * Which build a command line is. `program`: its file, which says the commit in its last line; null where it
 * says none. Its files are those of the program's folder, listed as a release lists them; a program that is
 * one file has no list, and the SHA-256 of that file instead. Throws what the system throws where a file
 * can't be read.
 */
export function buildOf(program: string, isOneFile: boolean): Build | null {
  const bytes = readFileSync(program);
  const commit = builtOf.exec(bytes.toString('latin1', bytes.length - 80))?.[1];
  if (commit === undefined) return null;
  const filesSha256 = isOneFile
    ? createHash('sha256').update(bytes).digest('hex')
    : new OwnFiles(dirname(program)).digest();
  return { commit, filesSha256 };
}

/** Lets journals and `airlock version` tell which build this is. Nothing is read before one of them asks. */
export function tellOwnBuild(): void {
  let known: Build | null | undefined;
  tellBuildBy(() => {
    known ??= ownBuild();
    return known;
  });
}

function ownBuild(): Build | null {
  const isOneFile = PROGRAM_FILE === '';
  try {
    return buildOf(isOneFile ? __filename : join(__dirname, PROGRAM_FILE), isOneFile);
  } catch {
    // Files that can't be read as a whole have no digest that anybody could compare.
    return null;
  }
}
