import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import type { Packaged, RunningPackage } from './packaged';

/** One of the 20 recommendations of Electron's own tutorial on security. */
interface Item {
  /** As the tutorial's list has it. */
  readonly name: string;
  /** What is done here, as docs/electron-checklist.md has it. */
  readonly done: string;
  /** What is wrong with it in a packaged app that runs, as lines to read; none where it holds. */
  wrong(running: RunningPackage, packaged: Packaged): Promise<readonly string[]>;
}

/** What is expected and isn't so, by its name. */
const lacking = (facts: Readonly<Record<string, boolean>>): string[] =>
  Object.entries(facts).flatMap(([name, holds]) => (holds ? [] : [`not so: ${name}`]));

/** What the window was made with, and is told to be now. */
const preferences = (running: RunningPackage): Promise<Readonly<Record<string, unknown>>> =>
  running.ask(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return { ...contents.getLastWebPreferences() };
  });

export const checklist: readonly Item[] = [
  {
    name: 'Only load secure content',
    done: 'Windows load the app’s own files by a scheme of its own, and nothing else: every other request is cancelled.',
    wrong: async (running) => {
      const loaded = await running.page(() =>
        [location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)].filter(
          (url) => !/^airlock:\/\/app\/|^blob:airlock:\/\/app\//.test(url),
        ),
      );
      const tried = await running.page(() =>
        fetch('http://127.0.0.1:1/').then(
          () => 'answered',
          () => 'refused',
        ),
      );
      const cancelled = await running.ask(async ({ BrowserWindow }) => {
        const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
        // Older than Electron 28, a session can't be asked.
        if (typeof session?.fetch !== 'function') return true;
        return session.fetch('http://127.0.0.1:1/').then(
          () => false,
          (error: unknown) => String(error).includes('ERR_BLOCKED_BY_CLIENT'),
        );
      });
      return [
        ...loaded,
        ...lacking({
          'a page’s request is refused': tried === 'refused',
          'a request is cancelled': cancelled,
        }),
      ];
    },
  },
  {
    name: 'Disable the Node.js integration in all renderers that display remote content',
    done: 'No page has Node, and there is no remote content.',
    wrong: async (running) => {
      const made = await preferences(running);
      const present = await running.page(() =>
        ['require', 'module', 'process', 'Buffer', 'global', '__dirname'].filter((name) => name in window),
      );
      return [
        ...present.map((name) => `the page has ${name}`),
        ...lacking({
          nodeIntegration: made['nodeIntegration'] === false,
          'in frames': made['nodeIntegrationInSubFrames'] === false,
        }),
      ];
    },
  },
  {
    name: 'Enable context isolation in all renderers',
    done: 'On: a page can neither see nor change what the preload script is made of.',
    wrong: async (running) => {
      const made = await preferences(running);
      const changed = await running.page(() => {
        try {
          (window as unknown as { airlock: { call: unknown } }).airlock.call = () => 'mine';
        } catch {
          // Refused loudly or silently.
        }
        return String((window as unknown as { airlock: { call: unknown } }).airlock.call).includes('mine');
      });
      return lacking({ contextIsolation: made['contextIsolation'] === true, 'the bridge stays': !changed });
    },
  },
  {
    name: 'Enable process sandboxing',
    done: 'On for every window, and the app does not start with a switch that takes a wall of it away. The kernel says so of the running process.',
    wrong: async (running) => {
      const made = await preferences(running);
      const seen = await running.ask(({ app, BrowserWindow }, require) => {
        const page = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId();
        const { readFileSync } = require('node:fs') as typeof import('node:fs');
        return {
          status: process.platform === 'linux' ? readFileSync(`/proc/${page}/status`, 'utf8') : null,
          open: ['no-sandbox', 'disable-seccomp-filter-sandbox'].filter((name) =>
            app.commandLine.hasSwitch(name),
          ),
        };
      });
      return lacking({
        sandbox: made['sandbox'] === true,
        'no switch against it': seen.open.length === 0,
        'system calls are filtered': seen.status === null || /^Seccomp:\s+2$/m.test(seen.status),
        'no new privileges': seen.status === null || /^NoNewPrivs:\s+1$/m.test(seen.status),
      });
    },
  },
  {
    name: 'Use ses.setPermissionRequestHandler() in all sessions that load remote content',
    done: 'The camera and the full screen are allowed, to the app’s own page. Everything else is refused: microphone, place, notices, screen, clipboard, devices; in every session there is.',
    wrong: async (running) => {
      const asked = await running.page(async () => {
        // An answer other than a refusal, such as that there is no such device, comes too late.
        const outcome = (task: Promise<unknown>) =>
          task.then(
            () => 'allowed',
            (error: Error) =>
              /^(NotAllowedError|SecurityError)$/.test(error.name)
                ? 'denied'
                : `${error.name}: ${error.message}`,
          );
        const devices = navigator as unknown as { usb: { requestDevice(options: object): Promise<unknown> } };
        return {
          camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
          microphone: await outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
          screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
          clipboard: await outcome(navigator.clipboard.readText()),
          usb: await outcome(devices.usb.requestDevice({ filters: [] })),
          notices: await Notification.requestPermission(),
          place: await new Promise<string>((done) =>
            navigator.geolocation.getCurrentPosition(
              () => done('allowed'),
              ({ code }) => done(code === 1 ? 'denied' : `${code}`),
            ),
          ),
          paste: document.execCommand('paste') ? 'allowed' : 'denied',
        };
      });
      const { paste, camera, ...others } = asked;
      // The setting came with Electron 37. An older one lets a page's own script paste: docs say so.
      const major = await running.ask(() => Number(process.versions.electron.split('.')[0]));
      return lacking({
        ...Object.fromEntries(
          Object.entries(others).map(([name, answer]) => [
            `${name} is denied: ${answer}`,
            answer === 'denied',
          ]),
        ),
        'the camera is allowed': camera === 'allowed',
        paste: major < 37 || paste === 'denied',
      });
    },
  },
  {
    name: 'Do not disable webSecurity',
    done: 'It is on: a page reads no file of the laptop and no other origin.',
    wrong: async (running) => {
      const made = await preferences(running);
      const file = await running.page(() =>
        fetch('file:///etc/passwd').then(
          () => 'read',
          () => 'refused',
        ),
      );
      return lacking({ webSecurity: made['webSecurity'] === true, 'no file is read': file === 'refused' });
    },
  },
  {
    name: 'Define a Content-Security-Policy and use restrictive rules',
    done: 'Every file comes with one that allows nothing by default: own scripts only, none inline, none made of text.',
    wrong: async (running) => {
      const seen = await running.page(async () => {
        const policy = (await fetch('index.html')).headers.get('content-security-policy') ?? '';
        const script = document.createElement('script');
        script.textContent = 'window.inline = true';
        document.body.append(script);
        const handler = document.createElement('div');
        handler.setAttribute('onclick', 'window.inline = true');
        handler.click();
        return { policy, inline: 'inline' in window };
      });
      return lacking({
        'nothing by default': seen.policy.startsWith("default-src 'none'; "),
        'own scripts': /script-src 'self' 'wasm-unsafe-eval';/.test(seen.policy),
        'no inline script runs': !seen.inline,
      });
    },
  },
  {
    name: 'Do not enable allowRunningInsecureContent',
    done: 'It is off.',
    wrong: async (running) =>
      lacking({ off: (await preferences(running))['allowRunningInsecureContent'] === false }),
  },
  {
    name: 'Do not enable experimental features',
    done: 'They are off.',
    wrong: async (running) =>
      lacking({ off: (await preferences(running))['experimentalFeatures'] === false }),
  },
  {
    name: 'Do not use enableBlinkFeatures',
    done: 'None is named.',
    wrong: async (running) => {
      const named = (await preferences(running))['enableBlinkFeatures'] ?? '';
      const switched = await running.ask(({ app }) => app.commandLine.hasSwitch('enable-blink-features'));
      return lacking({ 'none is named': named === '' && !switched });
    },
  },
  {
    name: '<webview>: Do not use allowpopups',
    done: 'No page can have a webview.',
    wrong: async (running) => {
      const count = () => running.ask(({ webContents }) => webContents.getAllWebContents().length);
      const before = await count();
      const works = await running.page(async () => {
        const view = document.createElement('webview');
        view.setAttribute('src', 'airlock://app/index.html');
        view.setAttribute('allowpopups', '');
        document.body.append(view);
        await new Promise((done) => setTimeout(done, 300));
        view.remove();
        return 'getWebContentsId' in view;
      });
      return lacking({ 'it is no webview': !works, 'nothing came of it': (await count()) === before });
    },
  },
  {
    name: '<webview>: Verify options and params',
    done: 'Were there one all the same, it would be refused before it is attached.',
    wrong: async (running) => {
      const made = await preferences(running);
      const refused = await running.ask(({ BrowserWindow }) => {
        let prevented = false;
        const event = {
          preventDefault: () => {
            prevented = true;
          },
        };
        BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event, {}, {});
        return prevented;
      });
      return lacking({ webviewTag: made['webviewTag'] === false, refused });
    },
  },
  {
    name: 'Disable or limit navigation',
    done: 'A window stays on its page, whatever a page or a redirect asks for, and no frame loads anything.',
    wrong: async (running) => {
      await running.page(async () => {
        for (const to of [
          'https://example.invalid/',
          'airlock://app/other.html',
          'file:///etc/passwd',
          'data:text/html,x',
        ]) {
          location.href = to;
          await new Promise((done) => setTimeout(done, 100));
        }
      });
      const at = await running.ask(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return { url: contents?.getURL(), frames: contents?.mainFrame.frames.length };
      });
      return lacking({
        'the page stays': at.url === 'airlock://app/index.html',
        'no frames': at.frames === 0,
      });
    },
  },
  {
    name: 'Disable or limit creation of new windows',
    done: 'None can be made by a page. Only the app makes its window, one at a time.',
    wrong: async (running) => {
      const opened = await running.page(() =>
        ['https://example.invalid/', 'airlock://app/index.html', 'about:blank'].filter(
          (to) => window.open(to) !== null,
        ),
      );
      const windows = await running.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
      return [...opened.map((to) => `opened ${to}`), ...lacking({ 'one window': windows === 1 })];
    },
  },
  {
    name: 'Do not use shell.openExternal with untrusted content',
    done: 'It is not used at all: no bundle asks Electron for its shell, and a link leads nowhere.',
    wrong: async (running, { folder }) => {
      const archive = join(folder, 'resources/app.asar');
      const bundles = listPackage(archive, { isPack: false }).filter((path) => path.endsWith('.cjs'));
      const using = bundles.filter((path) =>
        /electron\.shell\b|\bopenExternal\b|\bopenPath\b/.test(
          extractFile(archive, path.slice(1)).toString(),
        ),
      );
      const called = await running.ask(async ({ shell, BrowserWindow }) => {
        const calls: string[] = [];
        shell.openExternal = async (url) => void calls.push(url);
        await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `for (const to of ['https://example.invalid/', 'mailto:a@example.invalid', 'x-scheme://y']) {
            const link = Object.assign(document.createElement('a'), { href: to, target: '_blank' });
            document.body.append(link);
            link.click();
            link.remove();
          }`,
          true,
        );
        await new Promise((done) => setTimeout(done, 300));
        return calls;
      });
      return [...using.map((path) => `${path} uses it`), ...called.map((url) => `${url} was opened`)];
    },
  },
  {
    name: 'Use a current version of Electron',
    done: 'The declared one is pinned. Where it can’t be had, `npm run package` says that what it made is not for a release, and the app says which one it runs on.',
    wrong: async (running, { folder }) => {
      const runs = await running.ask(() => process.versions.electron);
      const packed = readFileSync(join(folder, 'version'), 'utf8').replace(/^v/, '').trim();
      const told = await running.page(
        async () =>
          (
            (await (
              window as unknown as { airlock: { call(channel: string, args: object): Promise<unknown> } }
            ).airlock.call('state.get', {})) as { value: { electron: string } }
          ).value.electron,
      );
      const declared = JSON.parse(readFileSync('package.json', 'utf8')).devDependencies.electron as string;
      return lacking({
        'it runs on what was packed': runs === packed,
        'it says so': told === runs,
        'the declared one is one version': /^\d+\.\d+\.\d+$/.test(declared),
      });
    },
  },
  {
    name: 'Validate the sender of all IPC messages',
    done: 'One gateway answers the main frame of the app’s own window on its own page, and nobody else.',
    wrong: async (running) => {
      const answer = await running.ask(async ({ app, BrowserWindow, session }, require) => {
        const { join } = require('node:path') as typeof import('node:path');
        const { dirname } = require('node:path') as typeof import('node:path');
        const { airlockMain } = require(join(app.getAppPath(), 'package.json')) as { airlockMain: string };
        const preload = join(app.getAppPath(), dirname(airlockMain), 'preload.cjs');
        const other = new BrowserWindow({
          show: false,
          webPreferences: { session: session.fromPartition('airlock'), preload, sandbox: true },
        });
        await other.loadURL('airlock://app/index.html');
        const told = await other.webContents.executeJavaScript("window.airlock.call('state.get', {})");
        other.destroy();
        return told as { ok: boolean; error?: { code: string } };
      });
      return lacking({
        'another window is refused': answer.ok === false && answer.error?.code === 'sender-refused',
      });
    },
  },
  {
    name: 'Avoid usage of the file:// protocol and prefer usage of custom protocols',
    done: 'Pages come by `airlock:`, from one folder of the program. `file:` is refused, and has no privileges where Electron has the fuse for it.',
    wrong: async (running, { program }) => {
      const origin = await running.page(() => location.protocol);
      const outside = await running.page(async () => (await fetch('/%2e%2e/%2e%2e/package.json')).status);
      const wire = await getCurrentFuseWire(program);
      const fuse = wire[FuseV1Options.GrantFileProtocolExtraPrivileges];
      return lacking({
        'own scheme': origin === 'airlock:',
        'one folder': outside === 404,
        'no privileges': fuse === undefined || fuse === FuseState.DISABLE,
      });
    },
  },
  {
    name: 'Check which fuses you can change',
    done: 'Off: running as Node, NODE_OPTIONS, the inspector, privileges of `file:`. On: loading from the archive alone. Left: cookies’ encryption (none is kept), the archive’s integrity (Electron has it on macOS and Windows only; on Linux the signed list of files stands in).',
    wrong: async (_running, { program, folder }) => {
      const wire = await getCurrentFuseWire(program);
      const { DISABLE, ENABLE } = FuseState;
      return lacking({
        'running as Node is off': wire[FuseV1Options.RunAsNode] === DISABLE,
        'NODE_OPTIONS is off': wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable] === DISABLE,
        'the inspector is off': wire[FuseV1Options.EnableNodeCliInspectArguments] === DISABLE,
        'the archive alone': wire[FuseV1Options.OnlyLoadAppFromAsar] === ENABLE,
        'no cookies are kept': !existsSync(join(folder, '../person/home/window/Cookies')),
      });
    },
  },
  {
    name: 'Do not expose Electron APIs to untrusted web content',
    done: 'A page has a bridge of two functions. What they take is parsed, and unknown channels are refused.',
    wrong: async (running) => {
      const seen = await running.page(async () => {
        const { airlock } = window as unknown as {
          airlock: { call(channel: string, args: object): Promise<{ ok: boolean }> };
        };
        const answers = await Promise.all(
          ['ipc-send', 'ELECTRON_BROWSER_GET_BUILTIN_MODULE', '__proto__', 'state.changed'].map((name) =>
            airlock.call(name, {}),
          ),
        );
        return {
          bridge: Object.keys(airlock).sort().join(),
          electron: ['electron', 'ipcRenderer', 'electronAPI'].filter((name) => name in window),
          refused: answers.every(({ ok }) => !ok),
        };
      });
      return lacking({
        'two functions': seen.bridge === 'call,onPush',
        'nothing of Electron': seen.electron.length === 0,
        'unknown channels are refused': seen.refused,
      });
    },
  },
];

/** What the page of documentation says of each, as the test has it. */
export const checklistRows = (): string[] =>
  checklist.map(
    ({ name, done }, index) => `| ${index + 1} | ${name.replace('<webview>', '`<webview>`')} | ${done} |`,
  );

/** Files below a folder of a person that a download could have left there. */
export const filesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
