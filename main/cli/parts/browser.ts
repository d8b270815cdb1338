import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstOnPath, printedBy } from './printing-program';
import type { Terminal } from './terminal';

/** What Chromium is called on machines that have it, and programs that are made of it. */
const NAMES: readonly string[] = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];

/** What Chromium may be called, for a sentence. */
export const browserNames = NAMES.join(', ');

/** The first Chromium on the PATH; null where there is none. */
export function findBrowser(env: Terminal['env']): string | null {
  return firstOnPath(env, NAMES);
}

/**
 * Prints a page that lies on this disk, and returns the PDF. The browser gets a profile of its own, which is
 * deleted, and finds no other machine. Its sandbox stays on. Throws `CliError` 'not-printed' with the last
 * thing that it said.
 */
export function printPage(browser: string, page: string): Promise<Uint8Array> {
  return printedBy(browser, (pdf, folder) => [
    '--headless',
    '--disable-gpu',
    '--no-first-run',
    '--disable-extensions',
    '--disable-background-networking',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    `--user-data-dir=${join(folder, 'profile')}`,
    '--no-pdf-header-footer',
    `--print-to-pdf=${pdf}`,
    pathToFileURL(page).href,
  ]);
}
