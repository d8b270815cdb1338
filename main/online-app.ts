import { webcrypto } from 'node:crypto';
import { app } from 'electron';
import { channels } from '../shared/ipc/online/channels';
import { refuseAesKw } from '../shared/openpgp/aes-kw';
import { aboutApp } from './desktop/about';
import type { OpenWindow } from './desktop/app-window';
import { behindWindow } from './desktop/behind-window';
import { dialogsOf } from './desktop/dialogs';
import { type Answers, push } from './desktop/ipc-gateway';
import type { LockedApp } from './desktop/locked-app';
import { tellOwnBuild } from './desktop/own-build';
import { reportPaper } from './desktop/report-printer';
import { handlers } from './operator/handlers';
import { OperatorDesk } from './operator/operator-desk';
import { watchServer } from './operator/watch-server';
import { OpenedFile } from './station/opened-file';

/**
 * What is behind the window of the online station, in the order in which it comes about. `folder`: where the
 * bundles lie.
 */
export function onlineApp({ home, file, atEnd }: LockedApp, open: OpenWindow, folder: string): Answers {
  const { window } = open;
  refuseAesKw(webcrypto.subtle);
  tellOwnBuild();

  // 1. The station and its desk. They know nothing of windows.
  const desk = new OperatorDesk({
    home,
    clock: () => new Date(),
    program: 'airlock',
    version: app.getVersion(),
    env: process.env,
  });
  atEnd(() => desk.end());

  // 2. The window hears of what changes, there and on the server.
  desk.onChange(() => push(window.current));
  watchServer(desk);

  // 3. What each call from the window does.
  const opened = new OpenedFile(file);
  const calls = handlers(
    desk,
    { ...dialogsOf(() => window.current), openedFile: () => opened.take() },
    process.versions.electron,
    () => aboutApp(folder),
    reportPaper,
  );
  return behindWindow(open, desk, channels, calls);
}
