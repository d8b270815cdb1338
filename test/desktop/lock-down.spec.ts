import { spawn, spawnSync } from 'node:child_process';
import { linkSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appFolder,
  displaySwitches,
  expect,
  folderOf,
  isRoot,
  makeHome,
  ownEnvironment,
  test,
  theElectron,
} from './launch';

test('the window shows a page of the app’s own, and nothing else', async ({ start }) => {
  const { page, app } = await start();
  expect(page.url()).toBe('airlock://app/index.html');
  await expect(page).toHaveTitle(/Airlock/);
  expect(app.windows()).toHaveLength(1);
});

test('every file comes with the policy that allows nothing by default', async ({ start }) => {
  const { page } = await start();
  const script = await page.locator('script[src]').first().getAttribute('src');
  for (const address of ['index.html', script ?? '', 'no-such-file.html']) {
    const headers = await page.evaluate(
      async (url) => Object.fromEntries((await fetch(url)).headers.entries()),
      address,
    );
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; /);
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

test('a page has the bridge and nothing of Node or Electron', async ({ start }) => {
  const { page } = await start();
  const found = await page.evaluate(() => {
    const names = [
      'require',
      'module',
      'exports',
      'process',
      'global',
      'Buffer',
      'electron',
      'ipcRenderer',
      '__dirname',
    ];
    return { present: names.filter((name) => name in window), bridge: Object.keys(window.airlock).sort() };
  });
  expect(found).toEqual({ present: [], bridge: ['call', 'onPush'] });
});

test('a page can’t change the bridge', async ({ start }) => {
  const { page } = await start();
  const changed = await page.evaluate(() => {
    try {
      (window.airlock as { call: unknown }).call = () => 'mine';
    } catch {
      // It may be refused loudly or silently.
    }
    return String(window.airlock.call).includes('mine');
  });
  expect(changed).toBe(false);
});

test('the window is sandboxed, isolated, keeps nothing on disk and has no spell checker', async ({
  start,
}) => {
  const { app } = await start();
  const found = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as Electron.WebContents & {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const spellChecker = contents.session.isSpellCheckerEnabled();
    return { ...contents.getLastWebPreferences(), spellChecker, onDisk: contents.session.isPersistent() };
  });
  expect(found).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellChecker: false,
    onDisk: false,
  });
});

test('code made of text does not run', async ({ start }) => {
  const { page } = await start();
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.inline = true';
    document.body.append(script);
    return 'inline' in window;
  });
  expect(ran).toBe(false);
});

test('the camera is allowed, the microphone and everything else is not', async ({ start }) => {
  const { page } = await start({ args: ['--use-fake-device-for-media-stream'] });
  const outcome = await page.evaluate(async () => {
    const media = (constraints: MediaStreamConstraints): Promise<string> =>
      navigator.mediaDevices.getUserMedia(constraints).then(
        () => 'allowed',
        (error: Error) => error.name,
      );
    return {
      camera: await media({ video: true }),
      microphone: await media({ audio: true }),
      both: await media({ video: true, audio: true }),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('allowed'),
          () => resolve('denied'),
        ),
      ),
      notices: await Notification.requestPermission(),
      clipboard: await navigator.clipboard.readText().then(
        () => 'allowed',
        (error: Error) => error.name,
      ),
    };
  });
  expect(outcome).toEqual({
    camera: 'allowed',
    microphone: 'NotAllowedError',
    both: 'NotAllowedError',
    place: 'denied',
    notices: 'denied',
    clipboard: 'NotAllowedError',
  });
});

test('another window of the same program may not call the main process', async ({ start }) => {
  const { app, page } = await start();
  const answer = await app.evaluate(
    async ({ BrowserWindow, session }, preload) => {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { session: session.fromPartition('airlock'), preload, sandbox: true },
      });
      await other.loadURL('airlock://app/index.html');
      const result = await other.webContents.executeJavaScript("window.airlock.call('state.get', {})");
      other.destroy();
      return result;
    },
    join(appFolder, folderOf() === appFolder ? 'dist/offline' : 'dist/online', 'preload.cjs'),
  );
  expect(answer).toMatchObject({ ok: false, error: { code: 'sender-refused' } });
  expect(await page.evaluate(() => window.airlock.call('state.get', {}))).toMatchObject({ ok: true });
});

test('a page that asks for what is no channel of the app’s is refused', async ({ start }) => {
  const { page } = await start();
  for (const name of ['ELECTRON_BROWSER_GET_BUILTIN_MODULE', 'toString', '__proto__', 'state.changed']) {
    const answer = await page.evaluate((channel) => window.airlock.call(channel as never, {} as never), name);
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
  }
});

test('after a secret was on the screen, the window goes on in a new process', async ({ start }) => {
  const running = await start();
  const processId = (): Promise<number | undefined> =>
    running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
  const before = await processId();
  const renewed = running.app.waitForEvent('window');
  await running.page.evaluate(async () => {
    await window.airlock.call('officer.token.reveal', {});
    void window.airlock.call('ceremony.leave', {});
  });
  await (await renewed).waitForLoadState('load');
  expect(await processId()).not.toBe(before);
  // The old window goes once the new one stands.
  await expect.poll(() => running.app.windows().length).toBe(1);
  expect(await running.page.evaluate(() => window.airlock.call('state.get', {}))).toMatchObject({ ok: true });
});

/** Starts the app by itself, without Playwright; for starts that end at once. */
async function startAlone(executable: string, home: string, args: readonly string[]) {
  const child = spawn(executable, [...displaySwitches, ...args, folderOf(), `--home=${home}`], {
    env: ownEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stderr };
}

const asRoot = isRoot ? ['--no-sandbox'] : [];

test('a second start on the same home says so and ends', async ({ start }) => {
  const { home } = await start();
  const { executable } = await theElectron();
  const second = await startAlone(executable, home, asRoot);
  expect(second.stderr).toContain('Airlock is already running');
  expect(second.code).toBe(1);
});

test.describe('a packaged app', () => {
  // Electron calls itself packaged by the name of its program.
  let packaged = '';
  const home = makeHome();
  test.beforeAll(async () => {
    const { executable, dist } = await theElectron();
    packaged = join(dist, `airlock-${process.pid}`);
    linkSync(executable, packaged);
  });
  test.afterAll(() => {
    rmSync(packaged, { force: true });
    rmSync(home, { recursive: true, force: true });
  });

  for (const name of ['remote-debugging-port=0', 'remote-debugging-pipe', 'inspect=0']) {
    test(`does not start with --${name}`, async () => {
      const { code, stderr } = await startAlone(packaged, home, [...asRoot, `--${name}`]);
      expect(stderr).toContain(`Airlock does not start with --${name.replace('=0', '')}`);
      expect(code).toBe(1);
    });
  }

  test('does not start without the system’s sandbox', async () => {
    const { code, stderr } = await startAlone(packaged, home, ['--no-sandbox']);
    expect(stderr).toContain('Airlock does not start with --no-sandbox');
    expect(code).toBe(1);
  });
});

test('the running app makes not one call to a network, as the kernel sees it', async () => {
  const traceable = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
  test.skip(!traceable, 'strace is missing, or may not trace here');
  const { executable } = await theElectron();
  const home = makeHome();
  const folder = mkdtempSync(join(tmpdir(), 'airlock-trace-'));
  const log = join(folder, 'trace');
  const calls = 'trace=socket,connect,bind,sendto,sendmsg,sendmmsg';
  const app = [executable, ...displaySwitches, ...asRoot, appFolder, `--home=${home}`];
  const child = spawn('strace', ['-f', '-qq', '-e', calls, '-e', 'signal=none', '-o', log, ...app], {
    env: ownEnvironment(),
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    await new Promise((resolve) => setTimeout(resolve, 8000));
    expect(child.exitCode).toBeNull();
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
  const lines = readFileSync(log, 'utf8').split('\n');
  // It did run: it spoke to the display, over a local socket.
  expect(lines.filter((line) => line.includes('AF_UNIX')).length).toBeGreaterThan(0);
  // A socket by itself goes nowhere: Chromium makes some to ask the kernel about the interfaces.
  const reachingOut = lines.filter((line) => /AF_INET6?\b/.test(line) && !/ socket\(/.test(line));
  expect(reachingOut).toEqual([]);
  rmSync(home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});
