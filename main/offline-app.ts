import { randomBytes, webcrypto } from 'node:crypto';
import { app } from 'electron';
import { channels } from '../shared/ipc/offline/channels';
import { refuseAesKw } from '../shared/openpgp/aes-kw';
import { aboutApp } from './desktop/about';
import type { OpenWindow } from './desktop/app-window';
import { behindWindow } from './desktop/behind-window';
import { CardPrinter } from './desktop/card-printer';
import { dialogsOf } from './desktop/dialogs';
import { type Answers, push } from './desktop/ipc-gateway';
import type { LockedApp } from './desktop/locked-app';
import { OfflineWatch } from './desktop/offline-watch';
import { tellOwnBuild } from './desktop/own-build';
import { reportPaper } from './desktop/report-printer';
import { handlers } from './offline/handlers';
import { OfflineStation } from './offline/offline-station';

/**
 * What is behind the window of the air-gapped app, in the order in which it comes about. `folder`: where the
 * bundles lie.
 */
export function offlineApp({ home, atEnd }: LockedApp, open: OpenWindow, folder: string): Answers {
  const { window } = open;
  refuseAesKw(webcrypto.subtle);
  tellOwnBuild();

  // 1. The station: keys, custody, decoding. It knows nothing of windows.
  const station = new OfflineStation({
    home,
    clock: () => new Date(),
    random: (length) => new Uint8Array(randomBytes(length)),
    program: 'airlock',
    version: app.getVersion(),
  });
  atEnd(() => station.end());

  // 2. The window hears of what changes, there and at the machine's network.
  const changed = (): void => push(window.current);
  const offline = new OfflineWatch(changed);
  station.onChange(changed);
  offline.start();

  // 3. What each call from the window does.
  const calls = handlers(
    station,
    dialogsOf(() => window.current),
    () => ({ electron: process.versions.electron, offline: offline.latest }),
    new CardPrinter(),
    () => aboutApp(folder),
    reportPaper,
  );
  return behindWindow(open, station, channels, calls);
}
