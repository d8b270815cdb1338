import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ceremonyFiles, writeFolder } from '../../archive/export';
import { readArchive } from '../../report/archive';
import { reportPage } from '../../report/page';
import { writeOutput } from '../parts/output-file';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, inArchive, withArchive } from './place';

interface ReportFlags extends ArchiveFlags {
  readonly out?: string;
}

/** `airlock archive report`. */
export function defineReport(command: Command, terminal: Terminal): void {
  withArchive(command)
    .argument('<ceremony>', 'its two words, or its id')
    .option('--out <file>', 'where the page goes (default: CEREMONY.html, by its two words)')
    .action((named: string, flags: ReportFlags) =>
      inArchive(terminal, flags, 'read', async (place) => {
        const files = await ceremonyFiles(place, named, null);
        const path =
          flags.out ??
          `${named
            .trim()
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, '-')}.html`;
        writeOutput(path, reportPage(await pageInput(files)));
        terminal.print(`${path}\n`);
      }),
    );
}

/** Pictures are read from files, so that the ceremony lies in a folder meanwhile. */
async function pageInput(files: Parameters<typeof writeFolder>[1]) {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-report-'));
  try {
    writeFolder(folder, files);
    return await readArchive(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
