import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackage, extractAll } from '@electron/asar';
import { makeAppFolder } from '../../package/folder/app.mjs';
import { layElectron } from '../../package/folder/electron.mjs';
import type { App } from '../../package/programs.mjs';
import { appFolder, displaySwitches, isRoot, ownEnvironment, theElectron } from './launch';

/** The person who starts a packaged app where the tests are root's, whom it refuses: "nobody". */
const NOBODY = 65_534;

/** An app as its packages hold it. */
export interface Packaged {
  readonly app: App;
  /** Its folder, as it is installed. */
  readonly folder: string;
  /** The program in there. */
  readonly program: string;
  remove(): void;
}

export async function makePackaged(app: App): Promise<Packaged> {
  const work = mkdtempSync(join(tmpdir(), 'airlock-package-'));
  const { version } = await theElectron();
  const electron = join(work, 'electron');
  await layElectron(electron, version, () => {});
  const folder = join(work, app.name);
  makeAppFolder(app, {
    checkout: appFolder,
    electron,
    electronVersion: version,
    commit: '0'.repeat(40),
    work,
    into: folder,
  });
  rmSync(electron, { recursive: true, force: true });
  chmodSync(work, 0o755);
  return {
    app,
    folder,
    program: join(folder, `${app.name}.bin`),
    remove: () => rmSync(work, { recursive: true, force: true }),
  };
}

/** Runs in the main process of a packaged app. */
type Question<T> = (electron: typeof import('electron'), require: NodeJS.Require) => T | Promise<T>;

/** A packaged app that runs, and can be asked. */
export interface RunningPackage {
  /** What a function comes to in its main process. It knows nothing of what stands around it here. */
  ask<T>(question: Question<T>): Promise<T>;
  /** What code comes to in the page of its window. */
  page<T>(code: () => T | Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Puts what can be asked before the app's own main file, in its archive. All else stays as packaged. */
async function addProbe(folder: string): Promise<void> {
  const archive = join(folder, 'resources/app.asar');
  const unpacked = join(folder, 'resources/unpacked');
  extractAll(archive, unpacked);
  const file = join(unpacked, 'package.json');
  const own = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...own, main: 'probe.cjs', airlockMain: own.main, type: 'commonjs' }));
  copyFileSync(join(import.meta.dirname, 'electron/probe/main.cjs'), join(unpacked, 'probe.cjs'));
  await createPackage(unpacked, archive);
  rmSync(unpacked, { recursive: true, force: true });
}

/** The ordinary user who starts it, with the display of the tests. */
interface Person {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** A command as that user runs it. */
  as(command: readonly string[]): readonly [string, ...string[]];
}

function person({ folder }: Packaged): Person {
  const home = join(folder, '../person');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const env: Record<string, string> = { ...ownEnvironment(), HOME: home };
  const cookie = env['XAUTHORITY'];
  if (cookie !== undefined && existsSync(cookie)) {
    env['XAUTHORITY'] = join(home, 'cookie');
    copyFileSync(cookie, join(home, 'cookie'));
  }
  if (isRoot)
    for (const path of [home, join(home, 'cookie')]) if (existsSync(path)) chownSync(path, NOBODY, NOBODY);
  const user = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : [];
  return {
    home,
    env,
    as: (command) => {
      const [first = '', ...rest] = [...user, ...command];
      return [first, ...rest];
    },
  };
}

/** Runs it to its end, by its start script, as an ordinary user. `args`: by the folder of that user. */
export function runPackaged(
  packaged: Packaged,
  args: (home: string) => readonly string[],
): { status: number | null; stderr: string; home: string } {
  const { home, env, as } = person(packaged);
  const [first, ...rest] = as([join(packaged.folder, packaged.app.name), ...displaySwitches, ...args(home)]);
  const { status, stderr } = spawnSync(first, rest, { env, encoding: 'utf8', timeout: PATIENCE_MS });
  return { status, stderr, home };
}

/** Starts it as a person does: by its start script, as an ordinary user, with its sandbox. */
export async function startPackaged(packaged: Packaged): Promise<RunningPackage> {
  const { folder, app } = packaged;
  await addProbe(folder);
  const { home, env, as } = person(packaged);
  const socket = join(home, 'probe');
  const [first, ...rest] = as([
    join(folder, app.name),
    ...displaySwitches,
    fakeCamera,
    `--home=${home}/home`,
    `--probe=${socket}`,
  ]);
  const child = spawn(first, rest, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await ready(child, socket, () => said);
  const ask = async <T>(question: Question<T>): Promise<T> => answerOf<T>(socket, String(question));
  // Playwright's own names for its transpiled functions are none there.
  const page = async <T>(code: () => T | Promise<T>): Promise<T> =>
    answerOf<T>(
      socket,
      `(electron) => electron.BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(${JSON.stringify(`(${code})()`)}, true)`,
    );
  return {
    ask,
    page,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'close');
      child.kill();
      await ended;
    },
  };
}

/** A machine of the tests has none, nor a microphone: what is asked for has to be there to be refused. */
const fakeCamera = '--use-fake-device-for-media-stream';

/** How long a start may take on a busy machine. */
const PATIENCE_MS = 60_000;

async function ready(child: ChildProcess, socket: string, said: () => string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until && child.exitCode === null) {
    const shown = await answerOf<boolean>(
      socket,
      '({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true',
    ).catch(() => false);
    if (shown) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill();
  throw new Error(`The packaged app did not start:\n${said()}`);
}

async function answerOf<T>(path: string, question: string): Promise<T> {
  const socket = connect({ path, allowHalfOpen: true });
  socket.setEncoding('utf8');
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  socket.end(question);
  await once(socket, 'close');
  const { value, error } = JSON.parse(text) as { value: T; error?: string };
  if (error !== undefined) throw new Error(error);
  return value;
}
