// The command line as a folder that needs nothing of the system's, and as one file.
import { appendFileSync, chmodSync, copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provideNode } from '../../test/system/node.mjs';
import { thirdPartyText } from './licence-texts.mjs';
import { settleModes } from './modes.mjs';

/**
 * The Node that is packed, so that a laptop without a network needs no other package. Which one it is, is
 * pinned in test/system/node.mjs.
 */
export const packedNode = '24.21.0';

/**
 * Makes the folder `into` of the built command line.
 * @param {{ checkout: string, commit: string, into: string }} places
 */
export function makeCommandFolder({ checkout, commit, into }) {
  mkdirSync(into, { recursive: true });
  cpSync(join(checkout, 'dist/cli'), into, { recursive: true });
  tellCommit(join(into, 'airlock.cjs'), commit);
  const bin = provideNode(packedNode);
  copyFileSync(join(bin, 'node'), join(into, 'node'));
  copyFileSync(join(bin, '../LICENSE'), join(into, 'LICENSE.node.txt'));
  copyFileSync(join(checkout, 'LICENSE'), join(into, 'LICENSE.txt'));
  copyFileSync(join(import.meta.dirname, '../system/command.sh'), join(into, 'airlock'));
  chmodSync(join(into, 'airlock'), 0o755);
  // Both ways to build it bundle the same parts; one of them notes which.
  const parts = thirdPartyText(join(checkout, 'dist/one-file'), join(into, 'page'));
  writeFileSync(join(into, 'LICENSES.third-party.txt'), parts);
  settleModes(into);
}

/**
 * Lets a program know of which commit it is, by a last line (main/cli/own-build.ts reads it).
 * @param {string} program
 * @param {string} commit
 */
const tellCommit = (program, commit) => appendFileSync(program, `\n// Built of commit ${commit}\n`);

/**
 * Copies the command line that is one file to `file`.
 * @param {{ checkout: string, commit: string, file: string }} places
 */
export function layOneFile({ checkout, commit, file }) {
  copyFileSync(join(checkout, 'dist/one-file/airlock.cjs'), file);
  tellCommit(file, commit);
  chmodSync(file, 0o755);
}
