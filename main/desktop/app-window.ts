import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import type { EntranceView } from '../../shared/ipc/entrance';
import { readEntrance } from '../store/entrance';
import type { Home } from '../store/home';
import { readWindowPlace, writeWindowPlace } from '../store/window-file';
import { Closing } from './closing';
import { firstScreen } from './first-screen';
import { type Answers, openGateway } from './ipc-gateway';
import { setMenu } from './menu';
import { serveOwnScheme } from './own-scheme';
import { isOwnSender } from './own-sender';
import { ownSession } from './sessions';
import { AppWindow } from './window';

interface AppWindowOptions {
  readonly home: Home;
  readonly packaged: boolean;
  /** Where the bundles lie. */
  readonly folder: string;
}

/** The app's window as the rest of the program finds it. */
export interface OpenWindow {
  readonly window: AppWindow;
  readonly closing: Closing;
}

/**
 * Opens the app's window, and the one way from there to the main process. The same for both apps. To be
 * called once Electron is ready. `rest`: reads the rest of the program and puts it behind the window. That is
 * not done before the window has shown its first screen, which it would keep from coming.
 */
export function openAppWindow(
  { home, packaged, folder }: AppWindowOptions,
  rest: (open: OpenWindow) => Promise<Answers>,
): void {
  const session = ownSession();
  const pages = join(folder, 'renderer');
  let behind = false;
  /** What is known of whose station it is, until the rest of the program knows better. */
  const entrance = (): EntranceView | null => (behind ? null : readEntrance(home));
  serveOwnScheme(session, pages, () => {
    const known = entrance();
    return known === null ? null : firstScreen(pages, known);
  });
  const closing = new Closing();
  closing.obeySignals();
  const window = new AppWindow({
    session,
    preload: join(folder, 'preload.cjs'),
    packaged,
    place: () => readWindowPlace(home),
    keepPlace: (place) => writeWindowPlace(home, place),
    made: (made) => closing.guard(made),
  });
  openGateway(ipcMain, (event) => isOwnSender(event, window.current), {
    entrance,
    answers: () => {
      behind = true;
      return rest({ window, closing });
    },
  });
  app.on('second-instance', () => window.current?.focus());
  // The page is being read meanwhile.
  setMenu(packaged);
}
