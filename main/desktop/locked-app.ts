import { app } from 'electron';
import type { Home } from '../store/home';
import { findDebuggingSwitch } from './debugging';
import { openHomeFolder, takeHome } from './home-folder';
import { leave } from './leave';
import { denyNavigation } from './navigation';
import { fileToOpen } from './opened-file';
import { declareOwnScheme } from './own-scheme';
import { closeSandbox } from './sandbox';
import { lockDownSession } from './sessions';
import { setSwitches } from './switches';
import { silenceWebRtc } from './web-rtc';

/** An app that is locked down, on a home of its own, before it has a window. */
export interface LockedApp {
  readonly home: Home;
  readonly packaged: boolean;
  /** The file that it was started on, by its absolute path. */
  readonly file: string | null;
  /** `work` overwrites what is secret: it is done once the program quits, before the home is given back. */
  atEnd(work: () => void): void;
}

/**
 * Locks the program down, in the order in which that has to be, and takes a person's home for it. The same
 * for both apps. Leaves where the program must not start.
 */
export function lockDownApp(): LockedApp {
  // 1. Nobody watches it, and Chromium is told what it may not do.
  const packaged = closeProgram();

  // 2. What it was started on, and a person's home, in use by one running app only, and by no command
  // meanwhile.
  const file = startFile(packaged);
  const home = openHomeFolder();
  if (!app.requestSingleInstanceLock()) leave(`Airlock is already running on ${home.dir}.`);
  const homeLock = takeHome(home);

  // 3. Every session and every page there will ever be is locked down.
  closePages(packaged);

  let end: (() => void) | null = null;
  app.on('will-quit', () => {
    end?.();
    homeLock.release();
  });
  app.on('window-all-closed', () => app.quit());
  return {
    home,
    packaged,
    file,
    atEnd: (work) => {
      end = work;
    },
  };
}

/** Locks a program down that only prints: as an app, but with nobody's home. Leaves as `lockDownApp` does. */
export function lockDownPrinting(): void {
  closePages(closeProgram());
  // The window that is printed is the only one, and closes before the file is written.
  app.on('window-all-closed', () => undefined);
}

/** What has to be before anything else; whether the program is packaged. */
function closeProgram(): boolean {
  const packaged = app.isPackaged;
  const watcher = findDebuggingSwitch(packaged, (name) => app.commandLine.hasSwitch(name));
  if (watcher)
    leave(`Airlock does not start with --${watcher}: others could then read secrets off its screens.`);
  if (!closeSandbox(app))
    leave('Airlock does not start with --no-sandbox. Start it as an ordinary user, not as root.');
  setSwitches(app.commandLine);
  return packaged;
}

function closePages(packaged: boolean): void {
  declareOwnScheme();
  app.on('session-created', (session) => lockDownSession(session, packaged));
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents);
    silenceWebRtc(contents);
  });
}

function startFile(packaged: boolean): string | null {
  try {
    return fileToOpen(process.argv, packaged, process.cwd());
  } catch (error) {
    return leave(error instanceof Error ? error.message : String(error));
  }
}
