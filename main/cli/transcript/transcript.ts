import { join } from 'node:path';
import type { Command } from 'commander';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { readArchive } from '../../report/archive';
import { reportPage } from '../../report/page';
import { readTranscriptFolder } from '../../store/transcript-folder';
import { writeOutput } from '../files';
import { printable } from '../table';
import type { Terminal } from '../terminal';
import { registerTranscriptClosing } from './close';

interface TranscriptFlags {
  readonly json?: boolean;
}

interface ReportFlags {
  readonly out?: string;
}

/** `airlock transcript`: what an auditor asks. */
export function registerTranscript(program: Command, terminal: Terminal): void {
  const transcript = program.command('transcript').description('the record of ceremonies');
  registerTranscriptClosing(transcript, terminal);
  transcript
    .command('verify')
    .description(
      'check chain, signatures, quorum, nonce and every crossing, and name the first line that is wrong',
    )
    .argument('<path...>', 'folders that hold a transcript')
    .option('--json', 'one JSON object on standard output')
    .action((paths: string[], flags: TranscriptFlags) => verify(terminal, paths, flags));
  transcript
    .command('report')
    .description('draw the ceremony on one page: report.html in the folder, for whoever has no Airlock')
    .argument('<folder>', 'folder that holds a transcript')
    .option('--out <file>', 'another place for the page; pictures of codes are found beside it only')
    .action((folder: string, flags: ReportFlags) => report(terminal, folder, flags));
}

async function verify(terminal: Terminal, paths: readonly string[], flags: TranscriptFlags): Promise<void> {
  const transcripts = [];
  for (const path of paths) {
    const report = await verifyTranscript(readTranscriptFolder(path));
    transcripts.push({ path, ...report });
    if (!flags.json) {
      const print = (line: string): void => terminal.print(`${printable(line)}\n`);
      print(`${report.ok ? 'OK    ' : 'WRONG '} ${path}`);
      for (const { station, line, message } of report.findings) {
        print(`       ${station}${line === null ? '' : `, line ${line}`}: ${message}`);
      }
      for (const { station, line, message } of report.notes) {
        print(`       note: ${station}, line ${line}: ${message}`);
      }
    }
  }
  const ok = transcripts.every((transcript) => transcript.ok);
  if (flags.json) terminal.print(`${JSON.stringify({ ok, transcripts })}\n`);
  if (!ok) terminal.setExitCode(1);
}

async function report(terminal: Terminal, folder: string, { out }: ReportFlags): Promise<void> {
  const archive = await readArchive(folder);
  const path = out ?? join(folder, 'report.html');
  writeOutput(path, reportPage(archive));
  terminal.print(`${path}\n`);
  if (archive.verification.ok) return;
  terminal.say('The transcript does not verify: the page says so at its top, and what does not fit.\n');
  terminal.setExitCode(1);
}
