import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { type FoundElectron, findElectron, findOldestElectron } from './electron/fetch-electron.mjs';
import { NOTHING, type Outside, openOutside } from './outside/outside';

/** The checkout, whose `main` Electron starts. */
export const appFolder = resolve(import.meta.dirname, '../..');

/** The online station as it is built. */
const onlineFolder = join(appFolder, 'dist/online');

/** The folder that Electron starts: of the app that is named, else of the one that the project is about. */
export const folderOf = (program?: LaunchOptions['program']): string =>
  (program ?? (base.info().project.name === 'online station' ? 'online' : 'offline')) === 'online'
    ? onlineFolder
    : appFolder;

/** Chromium refuses to run as root with its sandbox; as anyone else, the sandbox holds in tests too. */
export const isRoot = process.getuid?.() === 0;

/** One running app on a home of its own. */
export interface Running {
  readonly app: ElectronApplication;
  /** The window on the screen now: another one after a secret was on it (main/desktop/renewal.ts). */
  readonly page: Page;
  readonly home: string;
  /** From here on the laptop has these network interfaces that are up. */
  plug(interfaces: readonly string[]): Promise<void>;
  /** What the app wrote on its standard error so far. */
  stderr(): string;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** An existing home, to start the app on it again; a fresh one otherwise. */
  readonly home?: string;
  /** Which of the two apps; the one that the project is about otherwise. */
  readonly program?: 'offline' | 'online';
  /** Variables besides those of the test run, such as VAULT_ADDR. */
  readonly env?: Readonly<Record<string, string>>;
  /** The file that the app is started on. */
  readonly file?: string;
  /** Chromium's switches besides the usual ones. */
  readonly args?: readonly string[];
  readonly colorScheme?: 'light' | 'dark';
  /** Switches the content security policy off, to see what holds without it. */
  readonly bypassCSP?: boolean;
}

/** A worker of Playwright's runs the tests of one project only. */
let electron: FoundElectron | undefined;

/** The Electron that the running test is for, by its project (playwright.config.ts). */
export async function theElectron(): Promise<FoundElectron> {
  const isForOldest = base.info().project.name === 'oldest electron';
  electron ??= isForOldest ? findOldestElectron() : await findElectron();
  return electron;
}

/** A folder for one station, which the caller removes. */
export const makeHome = (): string => mkdtempSync(join(tmpdir(), 'airlock-home-'));

/** Starts the built app, and waits for its window. */
export async function launch(options: LaunchOptions = {}): Promise<Running> {
  const { dist, executable } = await theElectron();
  const home = options.home ?? makeHome();
  const app = await _electron.launch({
    // Without a path, Playwright takes the electron package's and holds the app until it is attached. That
    // needs Electron's default app; the stand-in, where there is none, does the same.
    ...(existsSync(join(dist, 'resources/default_app.asar')) ? {} : { executablePath: executable }),
    chromiumSandbox: !isRoot,
    args: [
      ...[...displaySwitches, ...(options.args ?? []), folderOf(options.program), `--home=${home}`],
      ...(options.file === undefined ? [] : [options.file]),
    ],
    env: { ...ownEnvironment(), ...options.env },
    colorScheme: options.colorScheme ?? 'light',
    bypassCSP: options.bypassCSP ?? false,
    timeout: 30_000,
  });
  let errors = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  // Whatever network the machine of the tests has, the laptop of the story has none.
  await plug(app, []);
  const first = await app.firstWindow();
  await first.waitForLoadState('load');
  return {
    app,
    home,
    get page() {
      return app.windows().at(-1) ?? first;
    },
    plug: (interfaces) => plug(app, interfaces),
    stderr: () => errors,
    close: async () => {
      // With something at stake it asks first, and a test's end answers for its people.
      await app
        .evaluate(({ dialog }) => {
          dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
        })
        .catch(() => undefined);
      await app.close();
    },
  };
}

/** Has the app's Node tell of these interfaces, and of no others, where the app asks it. */
const plug = (app: ElectronApplication, interfaces: readonly string[]): Promise<void> =>
  app.evaluate((_electron, names) => {
    type Fs = typeof import('node:fs');
    type Os = typeof import('node:os');
    const main = process.mainModule;
    const load = (name: string) => (process.getBuiltinModule ?? main?.require.bind(main))?.(name);
    const [fs, os] = [load('fs') as Fs, load('os') as Os];
    const address = { address: '192.0.2.7', family: 'IPv4', internal: false };
    const found = Object.fromEntries(names.map((name) => [name, [address]]));
    os.networkInterfaces = () => found as unknown as ReturnType<Os['networkInterfaces']>;
    const real = (
      Object.assign(globalThis, {
        __readdirSync: Object(globalThis).__readdirSync ?? fs.readdirSync,
      }) as unknown as { __readdirSync: Fs['readdirSync'] }
    ).__readdirSync;
    fs.readdirSync = ((path: string, ...rest: []) =>
      path === '/sys/class/net' ? ['lo', ...names] : real(path, ...rest)) as unknown as Fs['readdirSync'];
  }, interfaces);

/** What Chromium needs to draw on a display without a graphics card. */
export const displaySwitches: readonly string[] = ['--disable-gpu', '--ozone-platform=x11'];

/** Environment of the test run, without what would lead the app elsewhere. */
export function ownEnvironment(): Record<string, string> {
  const drop = /^(AIRLOCK_|VAULT_|BAO_|ELECTRON_|NODE_OPTIONS$)/;
  const all = Object.entries(process.env).filter(([name]) => !drop.test(name));
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/**
 * Launches any number of apps, and closes them and removes their homes when the test ends. Whatever the test
 * is about, by then not one packet went anywhere but to this machine itself, and no name was asked for: the
 * air-gapped app sends none at all, and every server that a station is given is here.
 */
export const test = base.extend<
  { start: (options?: LaunchOptions) => Promise<Running>; outside: Outside | null },
  { counted: Outside | null }
>({
  counted: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures are needed.
    async ({}, use) => {
      const outside = await openOutside();
      await use(outside);
      await outside?.close();
    },
    { scope: 'worker' },
  ],
  outside: [
    async ({ counted }, use) => {
      await use(counted);
      if (counted !== null) expect(counted.look(), 'what went out').toEqual(NOTHING);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures are needed.
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

export { expect };
