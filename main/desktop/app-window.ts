import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import type { ChannelMap, HandlersOf } from '../../shared/ipc/channel-map';
import { IdleLock } from '../station/idle-lock';
import type { Station } from '../station/station';
import type { Home } from '../store/home';
import { readWindowPlace, writeWindowPlace } from '../store/window-file';
import { Closing } from './closing';
import { freedMemory } from './freed-memory';
import { openGateway } from './ipc-gateway';
import { setMenu } from './menu';
import { serveOwnScheme } from './own-scheme';
import { isOwnSender } from './own-sender';
import { renewAfterSecrets } from './renewal';
import { ownSession } from './sessions';
import { AppWindow } from './window';

interface AppWindowOptions<M> {
  readonly folder: string;
  readonly packaged: boolean;
  readonly home: Home;
  readonly map: M;
  readonly station: Station;
}

/**
 * Opens the app's window, and the one way from there to the main process. The same for both apps. To be
 * called once Electron is ready. `folder`: where the bundles lie; `station`: whose window it is;
 * `handlersOf`: what each channel of `map` does.
 */
export function openAppWindow<M extends ChannelMap>(
  { folder, packaged, home, map, station }: AppWindowOptions<M>,
  handlersOf: (window: AppWindow) => HandlersOf<M>,
): void {
  setMenu(packaged);
  const session = ownSession();
  serveOwnScheme(session, join(folder, 'renderer'));
  const closing = new Closing(() => station.stakes());
  closing.obeySignals();
  const window = new AppWindow({
    session,
    preload: join(folder, 'preload.cjs'),
    packaged,
    place: () => readWindowPlace(home),
    keepPlace: (place) => writeWindowPlace(home, place),
    made: (made) => closing.guard(made),
  });
  const idleLock = new IdleLock(station, (minutes) => {
    // What was typed and not sent off lies in the window's memory: it goes, too.
    void station.exclusively(() => station.lock(minutes)).then(() => window.renew('quietly'));
  });
  idleLock.start();
  openGateway(
    ipcMain,
    (event) => isOwnSender(event, window.current),
    map,
    idleLock.whileRunning(renewAfterSecrets(map, handlersOf(window), () => window.renew(), freedMemory)),
  );
  app.on('second-instance', () => window.current?.focus());
}
