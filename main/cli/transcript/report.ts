import { join } from 'node:path';
import type { Command } from 'commander';
import { verdictSentence } from '../../../shared/transcript/verdict';
import { readArchive } from '../../report/archive';
import { reportPage } from '../../report/page';
import { writeOutput } from '../parts/output-file';
import { findPrinter, type PrintFlags, withPrinting } from '../parts/report-printer';
import type { Terminal } from '../parts/terminal';
import { EXIT_CODES } from './verify';

interface ReportFlags extends PrintFlags {
  readonly out?: string;
}

/** `airlock transcript report`. */
export function defineReport(command: Command, terminal: Terminal): void {
  withPrinting(
    command
      .argument('<folder>', 'folder that holds a transcript')
      .option('--out <file>', 'another place for the page; pictures of codes are found beside it only'),
  ).action((folder: string, flags: ReportFlags) => report(terminal, folder, flags));
}

async function report(terminal: Terminal, folder: string, { out, ...printing }: ReportFlags): Promise<void> {
  const archive = await readArchive(folder);
  const path = out ?? join(folder, 'report.html');
  writeOutput(path, reportPage(archive));
  terminal.print(`${path}\n`);
  if (printing.pdf !== undefined) {
    writeOutput(printing.pdf, await findPrinter(terminal, printing)(folder, path));
    terminal.print(`${printing.pdf}\n`);
  }
  const { verdict } = archive.verification;
  if (verdict === 'proven') return;
  terminal.say(`${verdictSentence(archive.verification)} The page says so at its top, and what it is.\n`);
  terminal.setExitCode(EXIT_CODES[verdict]);
}
