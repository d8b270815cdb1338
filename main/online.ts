import { app } from 'electron';
import { channels } from '../shared/ipc/online/channels';
import { aboutApp } from './desktop/about';
import { openAppWindow } from './desktop/app-window';
import { dialogsOf } from './desktop/dialogs';
import { push } from './desktop/ipc-gateway';
import { lockDownApp } from './desktop/locked-app';
import { handlers } from './operator/handlers';
import { OperatorDesk } from './operator/operator-desk';
import { watchServer } from './operator/watch-server';

// The online station, in the order in which it comes about.

// 1. It is locked down as the air-gapped app is: its windows have no network either. It is this process alone
// that speaks to the one server.
const { home, packaged } = lockDownApp(() => desk.end());

// 2. The station and its desk. They know nothing of windows.
const desk = new OperatorDesk({
  home,
  clock: () => new Date(),
  program: 'airlock',
  version: app.getVersion(),
  env: process.env,
});

// 3. Its window, and the one way from there to here.
void app.whenReady().then(() =>
  openAppWindow({ folder: __dirname, packaged, home, map: channels, station: desk }, (window) => {
    desk.onChange(() => push(window.current));
    watchServer(desk);
    return handlers(
      desk,
      dialogsOf(() => window.current),
      process.versions.electron,
      () => aboutApp(__dirname),
    );
  }),
);
