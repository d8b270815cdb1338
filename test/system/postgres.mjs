// PostgreSQL for the tests: a server in a folder of its own, reached by a socket in there alone.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const DEBIAN = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root: nobody's user and group. */
const NOBODY = 65534;

/** The folder of PostgreSQL's programs; null where there are none. */
function programs() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  const found = newest === undefined ? null : join(DEBIAN, newest, 'bin');
  return found !== null && existsSync(join(found, 'initdb')) ? found : null;
}

/** Whether PostgreSQL is installed. */
export const hasPostgres = () => programs() !== null;

/** @typedef {() => Promise<void>} Act */

/**
 * Starts a server with an empty database. `address`: of a database on it, which is made.
 * @returns {Promise<{ address: (database: string) => string, kill: Act, stop: Act, restart: Act }>}
 */
export async function startPostgres() {
  const bin = programs();
  if (bin === null) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  const folder = mkdtempSync(join(tmpdir(), 'airlock-postgres-'));
  const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  const made = spawnSync(
    join(bin, 'initdb'),
    [
      '--pgdata',
      data,
      '--username',
      'airlock',
      '--auth',
      'trust',
      '--no-sync',
      '--encoding',
      'UTF8',
      '--locale',
      'C',
    ],
    { ...as, encoding: 'utf8', cwd: folder },
  );
  if (made.status !== 0) throw new Error(`initdb failed:\n${made.stdout}${made.stderr}`);
  const begin = () =>
    spawn(
      join(bin, 'postgres'),
      ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=60'],
      { ...as, stdio: 'ignore', cwd: folder },
    );
  const ended = (/** @type {import('node:child_process').ChildProcess} */ child) =>
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => child.once('exit', () => resolve(undefined)));
  const run = (/** @type {string[]} */ ...args) =>
    spawnSync(join(bin, 'psql'), ['-h', folder, '-U', 'airlock', '-d', 'postgres', '-qAtc', ...args], {
      encoding: 'utf8',
    });
  let server = begin();
  const ready = async () => {
    for (let tries = 0; tries < 300; tries++) {
      if (run('select 1').status === 0) return;
      await sleep(100);
    }
    throw new Error('PostgreSQL did not start');
  };
  await ready();
  return {
    address(database) {
      run(`create database "${database}"`);
      return `postgres://airlock@${encodeURIComponent(folder)}/${database}`;
    },
    async kill() {
      server.kill('SIGQUIT');
      await ended(server);
    },
    async restart() {
      server = begin();
      await ready();
    },
    async stop() {
      server.kill('SIGINT');
      await ended(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
