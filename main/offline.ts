import { randomBytes, webcrypto } from 'node:crypto';
import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain } from 'electron';
import { statePush } from '../shared/ipc/channels';
import { refuseAesKw } from '../shared/openpgp/aes-kw';
import { findDebuggingSwitch } from './desktop/debugging';
import { dialogsOf } from './desktop/dialogs';
import { openHomeFolder } from './desktop/home-folder';
import { openGateway } from './desktop/ipc-gateway';
import { leave } from './desktop/leave';
import { setMenu } from './desktop/menu';
import { denyNavigation } from './desktop/navigation';
import { OfflineWatch } from './desktop/offline-watch';
import { declareOwnScheme, serveOwnScheme } from './desktop/own-scheme';
import { isOwnSender } from './desktop/own-sender';
import { closeSandbox } from './desktop/sandbox';
import { lockDownSession, ownSession } from './desktop/sessions';
import { setSwitches } from './desktop/switches';
import { silenceWebRtc } from './desktop/web-rtc';
import { openWindow } from './desktop/window';
import { handlers } from './offline/handlers';
import { OfflineStation } from './offline/offline-station';

// The air-gapped app. In the order in which it comes about:

// 1. It is not watched, and Chromium is told what it may not do.
const packaged = app.isPackaged;
const watcher = findDebuggingSwitch(packaged, (name) => app.commandLine.hasSwitch(name));
if (watcher)
  leave(`Airlock does not start with --${watcher}: another program could then read secrets off its screens.`);
if (!closeSandbox(app))
  leave('Airlock does not start as root or with --no-sandbox: start it as an ordinary user.');
setSwitches(app.commandLine);
refuseAesKw(webcrypto.subtle);

// 2. A person's home, in use by one running app only.
const home = openHomeFolder();
if (!app.requestSingleInstanceLock()) leave(`Airlock is already running on ${home.dir}.`);

// 3. Every session and every page there will ever be is locked down.
declareOwnScheme();
app.on('session-created', (session) => lockDownSession(session, packaged));
app.on('web-contents-created', (_event, contents) => {
  denyNavigation(contents);
  silenceWebRtc(contents);
});

// 4. The station itself: keys, custody, decoding.
let window: BrowserWindow | null = null;
const changed = (): void => window?.webContents.send(statePush);
const offline = new OfflineWatch(changed);
const station = new OfflineStation({
  home,
  clock: () => new Date(),
  random: (length) => new Uint8Array(randomBytes(length)),
  version: app.getVersion(),
  program: 'airlock',
});
station.onChange(changed);
const work = handlers(
  station,
  dialogsOf(() => window),
  () => ({
    electron: process.versions.electron,
    offline: offline.latest,
  }),
);

// 5. Its window, and the one way from there to here.
void app.whenReady().then(() => {
  setMenu(packaged);
  openGateway(ipcMain, (event) => isOwnSender(event, window), work);
  const session = ownSession();
  serveOwnScheme(session, join(__dirname, 'renderer'));
  window = openWindow({ session, preload: join(__dirname, 'preload.cjs'), packaged });
  offline.start();
});

app.on('second-instance', () => window?.focus());
app.on('window-all-closed', () => app.quit());
app.on('will-quit', () => station.lock());
