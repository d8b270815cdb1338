import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { findElectron } from './electron/fetch-electron.mjs';

const appFolder = resolve(import.meta.dirname, '../..');

/** One running app on a home of its own. */
export interface Running {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  /** What the app wrote on its standard error so far. */
  stderr(): string;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** An existing home, to start the app on it again; a fresh one otherwise. */
  readonly home?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly colorScheme?: 'light' | 'dark';
}

/** Starts the built app, and waits for its window. */
export async function launch(options: LaunchOptions = {}): Promise<Running> {
  const electron = await findElectron();
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'airlock-home-'));
  const root = process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath: electron.executable,
    // Chromium refuses to run as root with its sandbox; as anyone else, the sandbox holds in tests too.
    chromiumSandbox: !root,
    args: ['--disable-gpu', '--ozone-platform=x11', ...(options.args ?? []), appFolder, `--home=${home}`],
    env: { ...ownEnvironment(), ...options.env },
    colorScheme: options.colorScheme ?? 'light',
  });
  let errors = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return { app, page, home, stderr: () => errors, close: () => app.close() };
}

/** Environment of the test run, without what would lead the app elsewhere. */
function ownEnvironment(): Record<string, string> {
  const drop = /^(AIRLOCK_|VAULT_|BAO_|ELECTRON_|NODE_OPTIONS$)/;
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !drop.test(entry[0]),
    ),
  );
}

/** Launches any number of apps, and closes them and removes their homes when the test ends. */
export const test = base.extend<{ start: (options?: LaunchOptions) => Promise<Running> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  start: async ({}, use) => {
    const running: Running[] = [];
    await use(async (options) => {
      const one = await launch(options);
      running.push(one);
      return one;
    });
    for (const one of running) await one.close().catch(() => undefined);
    for (const one of running) rmSync(one.home, { recursive: true, force: true });
  },
});

export { expect } from '@playwright/test';
