import { lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../folder';

/** A home that was put back whole, within the folder whose home it is to be, while it moves there. */
export const PUT_BACK = 'restored';

/** What makes a folder a home: it goes last, so that there is none before all else is in its place. */
const LAST = 'identity.json';
const LOCK = 'in-use.lock';

/**
 * Moves a home that was put back whole from its folder `restored` into `dir`, which its caller has for
 * itself. What a program that was killed meanwhile had moved stays moved: whoever takes the home next does
 * the rest. Nothing is done where there is no such folder, nor over an identity. Throws what the system
 * throws.
 */
export function putInPlace(dir: string): void {
  const from = join(dir, PUT_BACK);
  if (lstatSync(from, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const names = readdirSync(from).filter((name) => name !== LOCK);
  if (names.length > 0 && !names.includes(LAST)) return;
  if (names.length > 0 && lstatSync(join(dir, LAST), { throwIfNoEntry: false }) !== undefined) return;
  for (const name of names.filter((each) => each !== LAST)) renameSync(join(from, name), join(dir, name));
  syncFolder(dir);
  if (names.length > 0) renameSync(join(from, LAST), join(dir, LAST));
  syncFolder(dir);
  rmSync(from, { recursive: true, force: true });
}
