import { join } from 'node:path';
import type { Command } from 'commander';
import { ceremonyFiles } from '../../archive/export';
import { withReport } from '../../archive/report';
import { writeOutput } from '../parts/output-file';
import { findPrinter, type PrintFlags, withPrinting } from '../parts/report-printer';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, inArchive, withArchive } from './place';

interface ReportFlags extends ArchiveFlags, PrintFlags {
  readonly out?: string;
}

/** `airlock archive report`. */
export function defineReport(command: Command, terminal: Terminal): void {
  withPrinting(
    withArchive(command)
      .argument('<ceremony>', 'its two words, or its id')
      .option('--out <file>', 'where the page goes (default: CEREMONY.html, by its two words)'),
  ).action((named: string, flags: ReportFlags) =>
    inArchive(terminal, flags, 'read', async (place) => {
      await withReport(await ceremonyFiles(place, named, null), (page, folder) =>
        report(terminal, named, flags, page, folder),
      );
    }),
  );
}

async function report(
  terminal: Terminal,
  named: string,
  { out, ...printing }: ReportFlags,
  page: string,
  folder: string,
): Promise<void> {
  const path = out ?? `${nameOf(named)}.html`;
  writeOutput(path, page);
  terminal.print(`${path}\n`);
  if (printing.pdf === undefined) return;
  // Printed from where its pictures are.
  const beside = join(folder, 'report.html');
  writeOutput(beside, page);
  writeOutput(printing.pdf, await findPrinter(terminal, printing)(folder, beside));
  terminal.print(`${printing.pdf}\n`);
}

/** The words of a ceremony, or its id, as a file's name. */
const nameOf = (named: string): string =>
  named
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
