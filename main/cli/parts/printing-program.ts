import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CliError } from './cli-error';
import type { Terminal } from './terminal';

/** More than the report of the largest ceremony takes on a slow machine. Milliseconds. */
const PATIENCE_MS = 180_000;

/** Whether a file is there that this user may start. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The first program of these names on the PATH; an earlier name goes before an earlier folder. */
export function firstOnPath(env: Terminal['env'], names: readonly string[]): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram) ?? null;
}

/**
 * The PDF that a program prints. `args`: what it is started with, to write it to `pdf`; `folder` is for what
 * it keeps meanwhile, its TMPDIR, and is deleted. It hears of no server and no archive from the environment.
 * Throws `CliError` 'not-printed' with the last thing that it said.
 */
export async function printedBy(
  program: string,
  args: (pdf: string, folder: string) => readonly string[],
): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-print-'));
  const pdf = join(folder, 'page.pdf');
  try {
    const said = await run(program, args(pdf, folder), folder);
    const bytes = contentOf(pdf);
    if (bytes !== null && Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-') return bytes;
    throw notPrinted(program, said);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs a program to its end, and returns what it said. */
function run(program: string, args: readonly string[], folder: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PATIENCE_MS,
      env: { ...ownEnvironment(), TMPDIR: folder },
    });
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

/** The environment without what is nobody's business who prints: a token, a database's password. */
const ownEnvironment = (): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AIRLOCK|VAULT|BAO|PG)/.test(name)));

function contentOf(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    return null;
  }
}

function notPrinted(program: string, said: string): CliError {
  // Chromium's own log may go on after what a program says to people.
  const lines = said.split('\n').map((line) => line.trim());
  const last =
    lines.findLast((line) => line !== '' && !/^\[\d+:/.test(line)) ?? lines.findLast(Boolean) ?? '';
  return new CliError(
    'not-printed',
    `${program} printed no PDF${last === '' ? '' : ` (“${last.slice(0, 300)}”)`}. The page was made all the same: open it in a browser and print it there.`,
  );
}
