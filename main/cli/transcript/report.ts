import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { verdictSentence } from '../../../shared/transcript/verdict';
import { readArchive } from '../../report/archive';
import { reportPage } from '../../report/page';
import { findBrowser, printPage } from '../parts/browser';
import { writeOutput } from '../parts/output-file';
import type { Terminal } from '../parts/terminal';
import { EXIT_CODES } from './verify';

interface ReportFlags {
  readonly out?: string;
  readonly pdf?: string;
  readonly browser?: string;
}

/** `airlock transcript report`. */
export function defineReport(command: Command, terminal: Terminal): void {
  command
    .argument('<folder>', 'folder that holds a transcript')
    .option('--out <file>', 'another place for the page; pictures of codes are found beside it only')
    .option('--pdf <file>', 'print the page there, too, by a Chromium of this machine')
    .option('--browser <path>', 'which Chromium prints it (default: the first on the PATH)')
    .action((folder: string, flags: ReportFlags) => report(terminal, folder, flags));
}

async function report(terminal: Terminal, folder: string, { out, pdf, browser }: ReportFlags): Promise<void> {
  const archive = await readArchive(folder);
  const path = out ?? join(folder, 'report.html');
  writeOutput(path, reportPage(archive));
  terminal.print(`${path}\n`);
  if (pdf !== undefined) {
    writeOutput(pdf, await printPage(findBrowser(terminal, browser), resolve(path)));
    terminal.print(`${pdf}\n`);
  }
  const { verdict } = archive.verification;
  if (verdict === 'proven') return;
  terminal.say(`${verdictSentence(archive.verification)} The page says so at its top, and what it is.\n`);
  terminal.setExitCode(EXIT_CODES[verdict]);
}
