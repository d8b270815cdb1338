import { app } from 'electron';
import { openAppWindow } from './desktop/app-window';
import { lockDownApp } from './desktop/locked-app';
import { runReportErrand } from './desktop/report-start';

// Started to print a report, it does that and ends. Otherwise it is an app.
if (!runReportErrand()) openApp();

/** The air-gapped app, in the order in which it comes about. */
function openApp(): void {
  // 1. It is locked down, and has a person's home for itself.
  const locked = lockDownApp();

  // 2. Its window, which says whose station this is.
  void app.whenReady().then(() =>
    openAppWindow({ ...locked, folder: __dirname }, async (open) => {
      // 3. The station behind it, and all that the window can ask of it: most of the program, read last.
      const { offlineApp } = await import('./offline-app');
      return offlineApp(locked, open, __dirname);
    }),
  );
}
