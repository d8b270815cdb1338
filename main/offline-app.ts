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
import { tellOwnBuild } from './desktop/own-build';
import { tryBrowser } from './desktop/proof/browser';
import { lookAtNamespace } from './desktop/proof/namespace';
import { lookAtOwnCode } from './desktop/proof/own-code';
import { OfflineWatch } from './desktop/proof/watch';
import { reportPaper } from './desktop/report-printer';
import { ownSession } from './desktop/sessions';
import { handlers } from './offline/handlers';
import { OfflineStation } from './offline/offline-station';
import { OpenedFile } from './station/opened-file';

/**
 * What is behind the window of the air-gapped app, in the order in which it comes about. `folder`: where the
 * bundles lie.
 */
export function offlineApp({ home, file, atEnd }: LockedApp, open: OpenWindow, folder: string): Answers {
  const { window } = open;
  refuseAesKw(webcrypto.subtle);
  tellOwnBuild();

  // 1. What looks at the laptop's network, and at all that keeps this program from it.
  const changed = (): void => push(window.current);
  const eye = new OfflineWatch(
    {
      code: () => lookAtOwnCode(folder),
      browser: () => tryBrowser(ownSession(), window.current?.webContents ?? null),
      namespace: () => lookAtNamespace(app.getAppMetrics().map(({ pid }) => pid)),
    },
    () => {
      changed();
      noteOffline();
    },
  );

  // 2. The station: keys, custody, decoding. It knows nothing of windows.
  const station = new OfflineStation({
    home,
    clock: () => new Date(),
    random: (length) => new Uint8Array(randomBytes(length)),
    program: 'airlock',
    version: app.getVersion(),
    eye,
  });
  atEnd(() => station.end());

  // 3. The window hears of what changes, there and at the network, and the record of what keeps from it.
  // A journal that can't be written says so at what a person does next.
  const noteOffline = (): void => void station.noteOffline().catch(() => undefined);
  station.onChange(changed);
  station.onChange(noteOffline);
  eye.start();

  // 4. What each call from the window does.
  const opened = new OpenedFile(file);
  const calls = handlers(
    station,
    { ...dialogsOf(() => window.current), openedFile: () => opened.take() },
    () => ({ electron: process.versions.electron, offline: eye.latest }),
    new CardPrinter(),
    () => aboutApp(folder),
    reportPaper,
  );
  return behindWindow(open, station, channels, calls);
}
