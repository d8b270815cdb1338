import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { median } from '../median';
import type { Row } from '../table';

/** Times the bare window's start, and times its memory, that an app may take. */
const START_BAR = 1.25;
const MEMORY_BAR = 1.3;

/** As small as an app can be that shows a heading in a sandboxed window. */
const bareMain = `
const { app, BrowserWindow } = require('electron');
app.setPath('userData', app.commandLine.getSwitchValue('home'));
app.setPath('sessionData', app.commandLine.getSwitchValue('home'));
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 860, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  window.loadFile(require('node:path').join(__dirname, 'index.html'));
});`;

interface Start {
  /** Milliseconds from the start of the process until the heading was painted. */
  readonly ready: number;
  /** Megabytes of all its processes, what they share counted once. */
  readonly memory: number;
}

const work = mkdtempSync(join(tmpdir(), 'airlock-windows-'));
const bare = join(work, 'bare');

/** When the first screen was painted, by the clock of the machine. React paints nothing before it. */
const paintedAt = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return performance.timeOrigin + (paint?.startTime ?? Number.NaN);
  });

async function startOf(executable: string, folder: string, port: number): Promise<Start> {
  const home = mkdtempSync(join(work, 'home-'));
  const begun = Date.now();
  const switches = [
    '--no-sandbox',
    '--disable-gpu',
    '--ozone-platform=x11',
    `--remote-debugging-port=${port}`,
  ];
  const app = spawn(executable, [...switches, folder, `--home=${home}`], { stdio: 'ignore' });
  try {
    // Nobody looks on before it is there: that would slow it down.
    await wait(3_000);
    const browser = await connectTo(port);
    const context = browser.contexts()[0];
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (page === undefined) throw new Error(`${folder} has no window`);
    await page.waitForSelector('h1');
    const ready = (await paintedAt(page)) - begun;
    const memory = memoryOf(app);
    await browser.close();
    return { ready, memory };
  } finally {
    const ended = new Promise((done) => app.once('exit', done));
    app.kill();
    await ended;
  }
}

/** On a machine that does much else it may take longer than one waits at first. */
async function connectTo(port: number): Promise<Browser> {
  for (let left = 20; ; left--) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
    } catch (error) {
      if (left === 0) throw error;
      await wait(1_000);
    }
  }
}

/** Proportional memory of a process and all that it started. */
function memoryOf({ pid }: ChildProcess): number {
  const children = new Map<string, string[]>();
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = read(`/proc/${id}/stat`);
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
    children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  const all = (id: string): string[] => [id, ...(children.get(id) ?? []).flatMap(all)];
  const kilobytes = all(String(pid)).map((id) =>
    Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

/** A process may have ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const apps = { bare, 'air-gapped app': resolve('.'), 'online station': resolve('dist/online') };
type App = keyof typeof apps;

async function measure(rounds: number): Promise<Record<App, Start[]>> {
  // test/bench/windows/run.mjs says where it is.
  const executable = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '', 'electron');
  writeBare();
  const starts: Record<App, Start[]> = { bare: [], 'air-gapped app': [], 'online station': [] };
  let port = 21_000 + (process.pid % 10_000);
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`Windows: round ${round + 1} of ${rounds} …\n`);
    for (const name of Object.keys(apps) as App[]) {
      port += 1;
      starts[name].push(await startOf(executable, apps[name], port));
    }
  }
  return starts;
}

function writeBare(): void {
  const files = {
    'package.json': JSON.stringify({ name: 'bare', version: '1.0.0', main: 'main.cjs' }),
    'main.cjs': bareMain,
    'index.html': '<!doctype html><title>Bare</title><h1>Bare</h1>',
  };
  mkdirSync(bare);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(bare, name), text);
}

function rowsOf(starts: Record<App, Start[]>): Row[] {
  const row = (name: App, what: keyof Start, unit: string, bar: number): Row => {
    const ours = median(starts[name].map((start) => start[what]));
    const theirs = median(starts.bare.map((start) => start[what]));
    return {
      measured: `${name}: ${what === 'ready' ? 'start until the first screen' : 'memory then'}, median of ${starts[name].length}`,
      against: 'a bare window',
      ours: `${(ours / theirs).toFixed(2)} × (${ours.toFixed(0)} ${unit})`,
      theirs: `${theirs.toFixed(0)} ${unit}`,
      bar: `≤ ${bar} ×`,
      met: ours / theirs <= bar ? 'yes' : 'no',
    };
  };
  return (['air-gapped app', 'online station'] as const).flatMap((name) => [
    row(name, 'ready', 'ms', START_BAR),
    row(name, 'memory', 'MB', MEMORY_BAR),
  ]);
}

/**
 * How long each app takes from its start until its first screen's heading is painted, and how much memory it
 * has then, against a bare window of the same Electron. All is measured in turns, in one run: other work on
 * the machine then slows down all alike. Linux only.
 */
export async function windowRows(rounds: number): Promise<Row[]> {
  try {
    return rowsOf(await measure(rounds));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
