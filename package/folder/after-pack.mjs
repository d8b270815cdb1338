import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { withdrawFilePrivileges } from './file-privileges.mjs';

/**
 * What electron-builder tells of a folder that it has made.
 * @typedef {object} Packed
 * @property {string} appOutDir
 * @property {string} electronPlatformName
 * @property {{
 *   readonly executableName?: string, readonly appInfo: { readonly productFilename: string },
 * }} packager
 */

/**
 * Called by electron-builder for each folder (`afterPack`), before the fuses of electron-builder.yml are
 * blown.
 * @param {Packed} packed
 */
export default async function afterPack(packed) {
  await withdrawFilePrivileges(join(packed.appOutDir, programOf(packed)));
  if (packed.electronPlatformName === 'linux') layStart(packed);
}

/** @param {Packed} packed */
function programOf({ electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'darwin') return `${productFilename}.app`;
  if (electronPlatformName === 'win32') return `${productFilename}.exe`;
  return packager.executableName ?? productFilename;
}

/**
 * Lays the script that people start beside the program, which bears its name and `.bin`.
 * @param {Packed} packed
 */
function layStart(packed) {
  const start = join(packed.appOutDir, programOf(packed).replace(/\.bin$/, ''));
  copyFileSync(join(import.meta.dirname, '../system/start.sh'), start);
  chmodSync(start, 0o755);
}
