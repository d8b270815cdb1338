import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../package/command.mjs';

/** What the older package has and the newer one hasn't: an upgrade has to take it away. */
export const formerFiles = (/** @type {string} */ name) => [
  `/opt/${name}/former-part`,
  `/opt/${name}/resources/former/part`,
  `/usr/share/doc/${name}/former-part`,
];

/**
 * Makes an older package of a Debian package: all the same in it, scripts too, but for its version and some
 * files more.
 * @param {string} deb
 * @param {{ name: string, work: string, version: string }} options `work`: a folder for what is on its way
 * @returns {string} its file
 */
export function olderPackage(deb, { name, work, version }) {
  const folder = join(work, `${name}-older`);
  run('dpkg-deb', ['--raw-extract', deb, folder]);
  const control = join(folder, 'DEBIAN/control');
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, `Version: ${version}`));
  for (const file of formerFiles(name)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), 'of an older version\n');
  }
  const older = join(work, `${name}_${version}_amd64.deb`);
  run('dpkg-deb', ['-Znone', '--root-owner-group', '--build', folder, older]);
  rmSync(folder, { recursive: true, force: true });
  return older;
}
