import type { Command } from 'commander';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { readTranscriptFolder } from '../../store/transcript-folder';
import { jsonLine } from '../parts/json-line';
import { printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';

interface VerifyFlags {
  readonly json?: boolean;
}

/** `airlock transcript verify`. */
export function registerVerify(transcript: Command, terminal: Terminal): void {
  transcript
    .command('verify')
    .description(
      'check chain, signatures, quorum, nonce and every crossing, and name the first line that is wrong',
    )
    .argument('<path...>', 'folders that hold a transcript')
    .option('--json', 'one JSON object on standard output')
    .action((paths: string[], flags: VerifyFlags) => verify(terminal, paths, flags));
}

async function verify(terminal: Terminal, paths: readonly string[], flags: VerifyFlags): Promise<void> {
  const transcripts = [];
  for (const path of paths) {
    const report = await verifyTranscript(readTranscriptFolder(path));
    transcripts.push({ path, ...report });
    if (flags.json) continue;
    const print = (line: string): void => terminal.print(`${printable(line)}\n`);
    print(`${report.ok ? 'OK    ' : 'WRONG '} ${path}`);
    for (const { station, line, message } of report.findings) {
      print(`       ${station}${line === null ? '' : `, line ${line}`}: ${message}`);
    }
    for (const { station, line, message } of report.notes) {
      print(`       note: ${station}, line ${line}: ${message}`);
    }
  }
  const ok = transcripts.every((transcript) => transcript.ok);
  if (flags.json) terminal.print(jsonLine({ ok, transcripts }));
  if (!ok) terminal.setExitCode(1);
}
