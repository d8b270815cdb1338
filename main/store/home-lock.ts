import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { putInPlace } from './backup/put-in-place';
import { type Home, HomeError } from './home';
import { reasonOf } from './store-error';

/** A home that no other program works in until it is released. */
export interface HomeLock {
  release(): void;
}

interface Holder {
  readonly program: string;
  readonly pid: number;
  /** When the program took the home, ISO 8601 UTC. */
  readonly since: string;
  readonly host: string;
  /** Tells a process from a later one of the same number; '' where the system doesn't say. */
  readonly process: string;
  /** Tells one taking of the home from another. */
  readonly id: string;
}

/** What is being written now is whole by then; what isn't was left so by a crash. */
const WRITTEN_WITHIN_MS = 2_000;
const ASK_EVERY_MS = 100;

/**
 * Takes a home for this program alone: two at once would each continue the same journal, and so break its
 * chain for good. What a program that is gone left behind is taken over, and a home that it was putting back
 * is put in its place. `program`: as people know it. Throws `HomeError`: 'home-in-use', which says by whom;
 * 'home-unusable'.
 */
export function holdHome(home: Pick<Home, 'dir'>, program: string): HomeLock {
  const path = join(home.dir, 'in-use.lock');
  const own = JSON.stringify({
    program,
    pid: process.pid,
    since: new Date().toISOString(),
    host: hostname(),
    process: processMark(process.pid),
    id: randomBytes(8).toString('hex'),
  } satisfies Holder);
  if (!create(path, own)) {
    takeFromTheDead(path);
    if (!create(path, own)) throw inUse(home, path);
  }
  const release = (): void => {
    process.removeListener('exit', release);
    // Somebody may have deleted the file, and another program taken the home since.
    if (readText(path) === own) rmSync(path, { force: true });
  };
  process.once('exit', release);
  try {
    putInPlace(home.dir);
  } catch (error) {
    release();
    throw new HomeError(
      'home-unusable',
      `A home was being put back into ${home.dir}, and the rest of it can't be moved there (${reasonOf(error)}). All of it is in that folder still: make room on the disk or check its permissions, then try again.`,
    );
  }
  return { release };
}

/** As `holdHome`, and waits for a moment where another program is about to end. */
export async function waitForHome(home: Home, program: string, waitMs = 3_000): Promise<HomeLock> {
  for (const until = Date.now() + waitMs; ; ) {
    try {
      return holdHome(home, program);
    } catch (error) {
      if (!(error instanceof HomeError) || error.code !== 'home-in-use' || Date.now() >= until) throw error;
    }
    await sleep(ASK_EVERY_MS);
  }
}

/** Whether the file was made; false where there is one. */
function create(path: string, text: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (reasonOf(error) === 'EEXIST') return false;
    throw new HomeError(
      'home-unusable',
      `The file ${path} can't be written (${reasonOf(error)}), and without it two programs could work in this home at once. Make room on the disk or check its permissions, then try again.`,
    );
  }
}

/** Under a lock of its own, so that nobody removes what another has taken over meanwhile. */
function takeFromTheDead(path: string): void {
  if (!isLeft(path)) return;
  const guard = `${path}.taking`;
  if (!create(guard, '')) {
    if (ageOf(guard) > WRITTEN_WITHIN_MS) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isLeft(path)) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Whether the program that wrote the file is gone. */
function isLeft(path: string): boolean {
  const holder = readHolder(path);
  if (holder === null) return ageOf(path) > WRITTEN_WITHIN_MS;
  // Nothing is known here of the processes of another machine that has this folder, too.
  if (holder.host !== hostname()) return false;
  return !isAlive(holder.pid) || processMark(holder.pid) !== holder.process;
}

function inUse(home: Pick<Home, 'dir'>, path: string): HomeError {
  const holder = readHolder(path);
  const who =
    holder === null
      ? 'another program'
      : `${holder.program} (process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}, since ${holder.since.slice(0, 16).replace('T', ' ')} UTC)`;
  return new HomeError(
    'home-in-use',
    `The home ${home.dir} is in use by ${who}, so nothing was done here: end that first and try again, or delete ${path} if it runs no more.`,
  );
}

function readHolder(path: string): Holder | null {
  try {
    const holder: unknown = JSON.parse(readText(path));
    return isHolder(holder) ? holder : null;
  } catch {
    return null;
  }
}

/** By hand: a window takes its home before anything large is read, as schemas are. */
function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const { program, pid, since, host, process: mark, id, ...more } = value as Record<string, unknown>;
  return (
    [program, since, host, mark, id].every((text) => typeof text === 'string') &&
    Number.isInteger(pid) &&
    (pid as number) > 0 &&
    !Number.isNaN(Date.parse(since as string)) &&
    Object.keys(more).length === 0
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return reasonOf(error) !== 'ESRCH';
  }
}

/**
 * The process's start, in ticks since which boot: after a power cut another process soon has the old number.
 */
function processMark(pid: number): string {
  if (process.platform !== 'linux') return '';
  const boot = readText('/proc/sys/kernel/random/boot_id').trim();
  // The name in brackets may hold spaces and brackets itself.
  const fields = readText(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ');
  return `${boot} ${fields?.[19] ?? ''}`;
}
