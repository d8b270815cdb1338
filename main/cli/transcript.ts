import type { Command } from 'commander';
import { verifyTranscript } from '../../shared/transcript/verify';
import { readTranscriptFolder } from '../store/transcript-folder';
import type { Terminal } from './terminal';

interface TranscriptFlags {
  readonly json?: boolean;
}

/** `airlock transcript`: what an auditor asks. */
export function registerTranscript(program: Command, terminal: Terminal): void {
  program
    .command('transcript')
    .description('the record of ceremonies')
    .command('verify')
    .description(
      'check chain, signatures, quorum, nonce and every crossing, and name the first line that is wrong',
    )
    .argument('<path...>', 'folders that hold a transcript')
    .option('--json', 'one JSON object on standard output')
    .action((paths: string[], flags: TranscriptFlags) => verify(terminal, paths, flags));
}

async function verify(terminal: Terminal, paths: readonly string[], flags: TranscriptFlags): Promise<void> {
  const transcripts = [];
  for (const path of paths) {
    const report = await verifyTranscript(readTranscriptFolder(path));
    transcripts.push({ path, ...report });
    if (!flags.json) {
      terminal.print(`${report.ok ? 'OK    ' : 'WRONG '} ${path}\n`);
      for (const { station, line, message } of report.findings) {
        terminal.print(`       ${station}${line === null ? '' : `, line ${line}`}: ${message}\n`);
      }
      for (const { station, line, message } of report.notes) {
        terminal.print(`       note: ${station}, line ${line}: ${message}\n`);
      }
    }
  }
  const ok = transcripts.every((transcript) => transcript.ok);
  if (flags.json) terminal.print(`${JSON.stringify({ ok, transcripts })}\n`);
  if (!ok) terminal.setExitCode(1);
}
