import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CliError } from './cli-error';
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

/** More than the report of the largest ceremony takes on a slow machine. Milliseconds. */
const PATIENCE_MS = 180_000;

/**
 * The Chromium to print with: the one that is named, else the first on the PATH. Throws `CliError`
 * 'no-browser'.
 */
export function findBrowser({ env }: Pick<Terminal, 'env'>, named: string | undefined): string {
  if (named !== undefined) {
    if (isProgram(named)) return named;
    throw new CliError('no-browser', `There is no program at ${named} that can be started. No PDF was made.`);
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (found !== undefined) return found;
  throw new CliError(
    'no-browser',
    `A PDF is printed by a Chromium, and there is none on this machine’s PATH (${NAMES.join(', ')}). The page was made all the same: open it in any browser and print it, or save the report in the app at sign-off.`,
    'Or name a Chromium with --browser PATH.',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Prints a page that lies on this disk, and returns the PDF. The browser gets a profile of its own, which is
 * deleted, and finds no other machine. Its sandbox stays on. Throws `CliError` 'not-printed' with the last
 * thing that it said.
 */
export async function printPage(browser: string, page: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-print-'));
  const pdf = join(folder, 'page.pdf');
  try {
    const said = await run(browser, [
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
    const bytes = contentOf(pdf);
    if (bytes !== null && Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-') return bytes;
    throw notPrinted(browser, said);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs a program to its end, and returns what it said. */
function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: PATIENCE_MS });
    let said = '';
    const hear = (chunk: Buffer): void => {
      said = `${said}${chunk.toString()}`.slice(-4000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', () => fail(notPrinted(program, 'it could not be started')));
    child.on('close', () => done(said));
  });
}

function contentOf(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    return null;
  }
}

function notPrinted(browser: string, said: string): CliError {
  const last = said.trim().split('\n').at(-1)?.trim().slice(0, 300) ?? '';
  return new CliError(
    'not-printed',
    `${browser} printed no PDF${last === '' ? '' : ` (“${last}”)`}. The page was made all the same: open it in a browser and print it there.`,
  );
}
