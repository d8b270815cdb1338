import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { firstOnPath, isProgram, printedBy } from './printing-program';
import type { Terminal } from './terminal';

/** The program from the folder of this part's built file, '' where all is one file (vite.cli.config.ts). */
declare const PROGRAM_FILE: string;

/** The air-gapped app, as it is started: `args` come first. */
export interface AirlockApp {
  readonly program: string;
  readonly args: readonly string[];
}

/** Where its package lays it. */
const INSTALLED = '/opt/airlock/airlock';

/**
 * The app that is installed, else that of the checkout in which this command line was built, on the Electron
 * that lies there; null where there is none. Nothing is downloaded. `checkout`: null where there is none.
 */
export function findApp(env: Terminal['env'], checkout = ownCheckout()): AirlockApp | null {
  const installed = firstOnPath(env, ['airlock-app']) ?? (isProgram(INSTALLED) ? INSTALLED : null);
  if (installed !== null) return { program: installed, args: [] };
  return checkout === null ? null : builtApp(env, checkout);
}

/** The folder of a checkout, as seen from its `dist/cli`. */
function ownCheckout(): string | null {
  if (typeof PROGRAM_FILE === 'undefined' || PROGRAM_FILE === '') return null;
  return resolve(dirname(join(__dirname, PROGRAM_FILE)), '../..');
}

function builtApp(env: Terminal['env'], checkout: string): AirlockApp | null {
  if (!existsSync(join(checkout, 'dist/offline/main.cjs'))) return null;
  const electron = join(checkout, 'node_modules/electron');
  const name = textOf(join(electron, 'path.txt'));
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  const dist = override === '' ? join(electron, 'dist') : override;
  const program = join(dist, name ?? 'electron');
  return isProgram(program) ? { program, args: [checkout] } : null;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}

/** Whether there is a screen, which the app needs though it shows no window. */
export const hasScreen = (env: Terminal['env'], platform: NodeJS.Platform = process.platform): boolean =>
  platform !== 'linux' || [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((each) => (each ?? '') !== '');

/**
 * The report of a transcript's folder as the app itself draws and prints it: of the folder it reads what the
 * transcript is made of, and no page. Throws `CliError` 'not-printed' with the last thing that it said.
 */
export const printFolder = ({ program, args }: AirlockApp, folder: string): Promise<Uint8Array> =>
  printedBy(program, (pdf) => [...args, `--print-report=${resolve(folder)}`, `--into=${pdf}`]);
