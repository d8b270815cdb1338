import { webcrypto } from 'node:crypto';
import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import { channels } from '../shared/ipc/online/channels';
import { refuseAesKw } from '../shared/openpgp/aes-kw';
import { findDebuggingSwitch } from './desktop/debugging';
import { dialogsOf } from './desktop/dialogs';
import { overwriteFreedMemorySoon } from './desktop/freed-memory';
import { openHomeFolder, takeHome } from './desktop/home-folder';
import { openGateway, push } from './desktop/ipc-gateway';
import { leave } from './desktop/leave';
import { setMenu } from './desktop/menu';
import { denyNavigation } from './desktop/navigation';
import { declareOwnScheme, serveOwnScheme } from './desktop/own-scheme';
import { isOwnSender } from './desktop/own-sender';
import { renewAfterSecrets } from './desktop/renewal';
import { closeSandbox } from './desktop/sandbox';
import { lockDownSession, ownSession } from './desktop/sessions';
import { setSwitches } from './desktop/switches';
import { silenceWebRtc } from './desktop/web-rtc';
import { AppWindow } from './desktop/window';
import { handlers } from './operator/handlers';
import { OperatorDesk } from './operator/operator-desk';
import { watchServer } from './operator/watch-server';
import { version } from './version';

// The online station, in the order in which it comes about. Its windows are as closed as those of the
// air-gapped app: it is this process alone that speaks to the one server.

// 1. Nobody watches it, and Chromium is told what it may not do.
const packaged = app.isPackaged;
const watcher = findDebuggingSwitch(packaged, (name) => app.commandLine.hasSwitch(name));
if (watcher)
  leave(`Airlock does not start with --${watcher}: others could then read secrets off its screens.`);
if (!closeSandbox(app))
  leave('Airlock does not start with --no-sandbox. Start it as an ordinary user, not as root.');
setSwitches(app.commandLine);
refuseAesKw(webcrypto.subtle);

// 2. An operator's home, in use by one running app only, and by no command meanwhile.
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

// 4. The station and its desk. They know nothing of windows.
const desk = new OperatorDesk({
  home,
  clock: () => new Date(),
  program: 'airlock',
  version,
  env: process.env,
});

// 5. Its window, and the one way from there to here.
void app.whenReady().then(() => {
  setMenu(packaged);
  const session = ownSession();
  serveOwnScheme(session, join(__dirname, 'renderer'));
  const window = new AppWindow({ session, preload: join(__dirname, 'preload.cjs'), packaged });
  const work = handlers(
    desk,
    dialogsOf(() => window.current),
    process.versions.electron,
  );
  openGateway(
    ipcMain,
    (event) => isOwnSender(event, window.current),
    channels,
    renewAfterSecrets(channels, work, () => window.renew(), overwriteFreedMemorySoon),
  );
  desk.onChange(() => push(window.current));
  watchServer(desk);
  app.on('second-instance', () => window.current?.focus());
});

app.on('will-quit', () => {
  desk.lock();
  homeLock.release();
});
app.on('window-all-closed', () => app.quit());
