// An app as a folder that holds all it needs.
import { copyFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command.mjs';
import { systemFile } from '../system-file.mjs';
import { thirdPartyText } from './licence-texts.mjs';
import { settleModes } from './modes.mjs';

/** @typedef {import('../programs.mjs').App} App */

/**
 * Makes the folder `into` of a built app on an Electron, with the licences of all that others made of it.
 * @param {App} app
 * @param {{
 *   checkout: string, electron: string, electronVersion: string, commit: string, work: string, into: string,
 * }} places `electron`: a folder that holds one; `work`: a folder for what is on its way
 */
export function makeAppFolder(app, { checkout, electron, electronVersion, commit, work, into }) {
  const output = join(work, `${app.name}-builder`);
  const settings = {
    electronDist: electron,
    electronVersion,
    'directories.output': output,
    'extraMetadata.commit': commit,
  };
  run(
    join(checkout, 'node_modules/.bin/electron-builder'),
    [
      ...['--linux', 'dir', '--x64', '--config', app.config],
      ...Object.entries(settings).map(([name, value]) => `-c.${name}=${value}`),
    ],
    { cwd: checkout },
  );
  renameSync(join(output, 'linux-unpacked'), into);
  copyFileSync(join(checkout, 'LICENSE'), join(into, 'LICENSE.txt'));
  writeFileSync(join(into, 'LICENSES.third-party.txt'), thirdPartyText(join(checkout, 'dist', app.side)));
  writeFileSync(join(into, 'apparmor-profile'), systemFile('apparmor', app.name));
  settleModes(into);
}
