import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, app } from 'electron';
import { reasonOf } from '../store/store-error';
import { leave } from './leave';
import { lockDownPrinting } from './locked-app';
import { type ReportErrand, reportErrand } from './report-errand';

/**
 * Does the errand that the program was started for, where there is one, and ends the program with it; false
 * where it was started as an app. The program is locked down as an app is. It opens nobody's home, shows no
 * window, takes no page from outside, and writes nothing but the one new file.
 */
export function runReportErrand(): boolean {
  const errand = typedErrand();
  if (errand === null) return false;
  lockDownPrinting();
  keepProfile(app);
  void app.whenReady().then(async () => {
    try {
      const { printedFolder } = await import('./folder-printer');
      keep(errand.file, await printedFolder(errand.folder));
    } catch (error) {
      // Code behind this still runs, since Electron ends a little later.
      return leave(error instanceof Error ? error.message : String(error));
    }
    return app.exit(0);
  });
  return true;
}

function typedErrand(): ReportErrand | null {
  try {
    return reportErrand(app.commandLine, process.cwd());
  } catch (error) {
    return leave(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Chromium's own files go into a folder that ends with the program. Where that ends very soon, a thread of
 * Chromium's may still write one: who starts it for somebody names a TMPDIR that goes as a whole.
 */
function keepProfile(own: Pick<App, 'setPath'>): void {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-print-'));
  for (const name of ['userData', 'sessionData', 'crashDumps'] as const) own.setPath(name, folder);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}

/** Writes a file that only its owner may read. One that is there is left as it is. */
function keep(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new Error(`The file ${file} can’t be written (${reasonOf(error)}). Name one that isn’t there yet.`);
  }
}
