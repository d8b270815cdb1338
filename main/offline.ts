import { randomBytes } from 'node:crypto';
import { app } from 'electron';
import { channels } from '../shared/ipc/offline/channels';
import { aboutApp } from './desktop/about';
import { openAppWindow } from './desktop/app-window';
import { CardPrinter } from './desktop/card-printer';
import { dialogsOf } from './desktop/dialogs';
import { push } from './desktop/ipc-gateway';
import { lockDownApp } from './desktop/locked-app';
import { OfflineWatch } from './desktop/offline-watch';
import { handlers } from './offline/handlers';
import { OfflineStation } from './offline/offline-station';

// The air-gapped app, in the order in which it comes about.

// 1. It is locked down, and has a person's home for itself.
const { home, packaged } = lockDownApp(() => station.end());

// 2. The station: keys, custody, decoding. It knows nothing of windows.
const station = new OfflineStation({
  home,
  clock: () => new Date(),
  random: (length) => new Uint8Array(randomBytes(length)),
  program: 'airlock',
  version: app.getVersion(),
});

// 3. Its window, and the one way from there to here.
void app.whenReady().then(() =>
  openAppWindow({ folder: __dirname, packaged, home, map: channels, station }, (window) => {
    const changed = (): void => push(window.current);
    const offline = new OfflineWatch(changed);
    station.onChange(changed);
    offline.start();
    return handlers(
      station,
      dialogsOf(() => window.current),
      () => ({ electron: process.versions.electron, offline: offline.latest }),
      new CardPrinter(),
      () => aboutApp(__dirname),
    );
  }),
);
