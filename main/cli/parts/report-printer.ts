import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { findApp, hasScreen, printFolder } from './airlock-app';
import { browserNames, findBrowser, printPage } from './browser';
import { CliError } from './cli-error';
import { isProgram } from './printing-program';
import type { Terminal } from './terminal';

/** Options of commands that print a report. */
export interface PrintFlags {
  readonly pdf?: string;
  readonly browser?: string;
  readonly app?: string;
}

/** Adds them. */
export const withPrinting = (command: Command): Command =>
  command
    .option('--pdf <file>', 'print the page there, too, by a Chromium of this machine or the Airlock app')
    .option('--browser <path>', 'which Chromium prints it (default: the first on the PATH)')
    .addOption(
      new Option(
        '--app <path>',
        'the Airlock app, which prints it instead (default: where there is no Chromium)',
      ).conflicts('browser'),
    );

/** Prints a report: of the folder of a transcript, of which `page` is the report as a file. */
export type PrintReport = (folder: string, page: string) => Promise<Uint8Array>;

/**
 * What prints a report here: the program that is named, else the first Chromium on the PATH, else the Airlock
 * app. Throws `CliError` 'no-browser'.
 */
export function findPrinter({ env }: Pick<Terminal, 'env'>, { browser, app }: PrintFlags): PrintReport {
  const byBrowser =
    (program: string): PrintReport =>
    (_folder, page) =>
      printPage(program, resolve(page));
  if (browser !== undefined) return byBrowser(program(browser));
  const named = app === undefined ? null : { program: program(app), args: [] };
  const found = named === null ? findBrowser(env) : null;
  if (found !== null) return byBrowser(found);
  const own = named ?? findApp(env);
  if (own === null)
    throw new CliError(
      'no-browser',
      `A PDF is printed by a Chromium or the Airlock app. There is neither here: no Chromium on the PATH (${browserNames}), and no installed app. The page was made all the same: open it in any browser and print it, or save the report in the app at sign-off.`,
      'Or name a Chromium with --browser PATH.',
    );
  if (!hasScreen(env))
    throw new CliError(
      'no-browser',
      `There is no Chromium on this machine’s PATH, and the Airlock app (${own.program}) prints only where there is a screen, though it shows no window. The page was made all the same: open it in any browser and print it.`,
      'Or name a Chromium with --browser PATH.',
    );
  return (folder) => printFolder(own, folder);
}

function program(named: string): string {
  if (isProgram(named)) return resolve(named);
  throw new CliError('no-browser', `There is no program at ${named} that can be started. No PDF was made.`);
}
