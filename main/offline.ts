import { randomBytes, webcrypto } from 'node:crypto';
import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import { channels } from '../shared/ipc/offline/channels';
import { refuseAesKw } from '../shared/openpgp/aes-kw';
import { CardPrinter } from './desktop/card-printer';
import { findDebuggingSwitch } from './desktop/debugging';
import { dialogsOf } from './desktop/dialogs';
import { overwriteFreedMemorySoon } from './desktop/freed-memory';
import { openHomeFolder, takeHome } from './desktop/home-folder';
import { openGateway, push } from './desktop/ipc-gateway';
import { leave } from './desktop/leave';
import { setMenu } from './desktop/menu';
import { denyNavigation } from './desktop/navigation';
import { OfflineWatch } from './desktop/offline-watch';
import { declareOwnScheme, serveOwnScheme } from './desktop/own-scheme';
import { isOwnSender } from './desktop/own-sender';
import { renewAfterSecrets } from './desktop/renewal';
import { closeSandbox } from './desktop/sandbox';
import { lockDownSession, ownSession } from './desktop/sessions';
import { setSwitches } from './desktop/switches';
import { silenceWebRtc } from './desktop/web-rtc';
import { AppWindow } from './desktop/window';
import { handlers } from './offline/handlers';
import { OfflineStation } from './offline/offline-station';

// The air-gapped app, in the order in which it comes about.

// 1. Nobody watches it, and Chromium is told what it may not do.
const packaged = app.isPackaged;
const watcher = findDebuggingSwitch(packaged, (name) => app.commandLine.hasSwitch(name));
if (watcher)
  leave(`Airlock does not start with --${watcher}: others could then read secrets off its screens.`);
if (!closeSandbox(app))
  leave('Airlock does not start with --no-sandbox. Start it as an ordinary user, not as root.');
setSwitches(app.commandLine);
refuseAesKw(webcrypto.subtle);

// 2. A person's home, in use by one running app only, and by no command meanwhile.
const home = openHomeFolder();
if (!app.requestSingleInstanceLock()) leave(`Airlock is already running on ${home.dir}.`);
const homeLock = takeHome(home);

// 3. Every session and every page there will ever be is locked down.
declareOwnScheme();
app.on('session-created', (session) => lockDownSession(session, packaged));
app.on('web-contents-created', (_event, contents) => {
  denyNavigation(contents);
  silenceWebRtc(contents);
});

// 4. The station: keys, custody, decoding. It knows nothing of windows.
const station = new OfflineStation({
  home,
  clock: () => new Date(),
  random: (length) => new Uint8Array(randomBytes(length)),
  program: 'airlock',
  version: app.getVersion(),
});

// 5. Its window, and the one way from there to here.
void app.whenReady().then(() => {
  setMenu(packaged);
  const session = ownSession();
  serveOwnScheme(session, join(__dirname, 'renderer'));
  const window = new AppWindow({ session, preload: join(__dirname, 'preload.cjs'), packaged });
  const changed = (): void => push(window.current);
  const offline = new OfflineWatch(changed);
  const surroundings = () => ({ electron: process.versions.electron, offline: offline.latest });
  const work = handlers(
    station,
    dialogsOf(() => window.current),
    surroundings,
    new CardPrinter(),
  );
  openGateway(
    ipcMain,
    (event) => isOwnSender(event, window.current),
    channels,
    renewAfterSecrets(channels, work, () => window.renew(), overwriteFreedMemorySoon),
  );
  station.onChange(changed);
  offline.start();
  app.on('second-instance', () => window.current?.focus());
});

app.on('will-quit', () => {
  station.lock();
  homeLock.release();
});
app.on('window-all-closed', () => app.quit());
