import { join } from 'node:path';
import { type App, app } from 'electron';
import { defaultHomePath, type Home, HomeError, openHome } from '../store/home';
import { type HomeLock, holdHome } from '../store/home-lock';
import { leave } from './leave';

/**
 * Opens the person's home: `--home=DIR`, else AIRLOCK_HOME, else where the command line also looks.
 * Chromium's own files go into a folder of it, and the lock against a second start with them: one running app
 * per home.
 */
export function openHomeFolder(own: Pick<App, 'setPath' | 'commandLine'> = app): Home {
  const home = openHome(own.commandLine.getSwitchValue('home') || defaultHomePath(process.env));
  own.setPath('userData', join(home.dir, 'window'));
  own.setPath('sessionData', join(home.dir, 'window'));
  own.setPath('crashDumps', join(home.dir, 'window', 'crashes'));
  return home;
}

/**
 * Keeps the command line out of the home for as long as the app runs; leaves where a command is at work in
 * it.
 */
export function takeHome(home: Home): HomeLock {
  try {
    return holdHome(home, 'the Airlock app');
  } catch (error) {
    if (error instanceof HomeError) leave(error.message);
    throw error;
  }
}
