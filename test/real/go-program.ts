import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The first Go that fetches the toolchain a go.mod asks for, where it is older than that. */
const OLDEST_GO = [1, 21] as const;
/** Longer than any build takes: a lock this old was left behind. */
const ABANDONED_MS = 30 * 60 * 1000;

/** Why Go programs can't be built here, as a sentence; `null` if they can. */
export async function whyNoGo(): Promise<string | null> {
  const version = await run('go', ['env', 'GOVERSION']).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
  if (version === null) return 'Go is not installed.';
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version) ?? [];
  const old = Number(major) === OLDEST_GO[0] && Number(minor) < OLDEST_GO[1];
  return old ? `Go is too old: ${version}, and 1.21 is needed.` : null;
}

/**
 * Builds the Go module in `folder` and returns the path of the program. It is kept in a cache of its own, by
 * the hash of its sources, so that only a change of them builds it again. Several processes may ask for it at
 * once.
 */
export async function buildGoProgram(folder: string, name: string): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'airlock');
  const program = join(cache, `${name}-${await hashOfSources(folder)}`);
  await mkdir(cache, { recursive: true });
  const lock = `${program}.lock`;
  while (!(await exists(program))) {
    if (!(await acquire(lock))) {
      await sleep(500);
      continue;
    }
    try {
      const unfinished = `${program}.${process.pid}`;
      await run('go', ['build', '-o', unfinished, '.'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
      await rename(unfinished, program);
    } finally {
      await rm(lock, { recursive: true, force: true });
    }
  }
  return program;
}

async function hashOfSources(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(folder)).filter((name) => /\.(go|mod|sum)$/.test(name)).sort();
  for (const name of names) {
    const content = await readFile(join(folder, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function acquire(lock: string): Promise<boolean> {
  const age = await stat(lock).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => null,
  );
  if (age !== null && age > ABANDONED_MS) await rm(lock, { recursive: true, force: true });
  if (age !== null && (await isLeftBehind(lock))) await rm(lock, { recursive: true, force: true });
  try {
    await mkdir(lock);
  } catch {
    return false;
  }
  await writeFile(join(lock, OWNER), String(process.pid));
  return true;
}

/** The file in a lock that names the process which holds it. */
const OWNER = 'pid';

/** Whether the process that took the lock is gone: it was killed, or the machine was. */
async function isLeftBehind(lock: string): Promise<boolean> {
  const pid = await readFile(join(lock, OWNER), 'utf8').then(Number, () => null);
  // Without a name in it yet, it was taken just now.
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
