import { join } from 'node:path';
import { type App, app } from 'electron';
import { defaultHomePath, type Home, openHome } from '../store/home';

/**
 * Opens the person's home: `--home=DIR`, else AIRLOCK_HOME, else where the command line also looks. Chromium's own
 * files go into a folder of it, and the lock against a second start with them: one running app per home.
 */
export function openHomeFolder(own: Pick<App, 'setPath' | 'commandLine'> = app): Home {
  const home = openHome(own.commandLine.getSwitchValue('home') || defaultHomePath(process.env));
  own.setPath('userData', join(home.dir, 'window'));
  own.setPath('sessionData', join(home.dir, 'window'));
  own.setPath('crashDumps', join(home.dir, 'window', 'crashes'));
  return home;
}
