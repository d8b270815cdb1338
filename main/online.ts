import { app } from 'electron';
import { openAppWindow } from './desktop/app-window';
import { lockDownApp } from './desktop/locked-app';

// The online station, in the order in which it comes about.

// 1. It is locked down as the air-gapped app is: its windows have no network either. It is this process alone
// that speaks to the one server.
const locked = lockDownApp();

// 2. Its window, which says whose station this is.
void app.whenReady().then(() =>
  openAppWindow({ ...locked, folder: __dirname }, async (open) => {
    // 3. The desk behind it, and all that the window can ask of it: most of the program, read last.
    const { onlineApp } = await import('./online-app');
    return onlineApp(locked, open, __dirname);
  }),
);
