import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { overviewOf } from '../../../shared/transcript/overview';
import { type Finding, type Verdict, verdictSentence, worstOf } from '../../../shared/transcript/verdict';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { readPinnedPeople } from '../../store/pinned-people';
import { StoreError } from '../../store/store-error';
import { readTranscriptFolder } from '../../store/transcript-folder';
import { CliError } from '../parts/cli-error';
import { type FormatFlags, valueText, withFormat } from '../parts/format';
import { printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';

interface VerifyFlags extends FormatFlags {
  readonly people?: string;
}

/** What `airlock transcript verify` and `report` exit with. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = { proven: 0, incomplete: 3, broken: 1 };

/** `airlock transcript verify`. */
export function defineVerify(command: Command, terminal: Terminal): void {
  const verifyCommand = command
    .argument('<path...>', 'folders that hold a transcript')
    .option(
      '--people <path>',
      'whom you know: a folder with their public keys, or a file with a line “FINGERPRINT NAME” for each',
    );
  withFormat(verifyCommand, 'one JSON object a folder, each on a line of its own')
    .addHelpText('after', '\nExit code: 0 proven, 3 incomplete, 1 broken, 2 not typed as it must be.')
    .action((paths: string[], flags: VerifyFlags) => verify(terminal, paths, flags));
}

async function verify(terminal: Terminal, paths: readonly string[], flags: VerifyFlags): Promise<void> {
  const pinned = flags.people === undefined ? null : await pinnedPeople(flags.people);
  const verdicts: Verdict[] = [];
  let unreadable = 0;
  const print = (line: string): void => {
    if (!flags.json) terminal.print(`${printable(line)}\n`);
  };
  for (const path of paths) {
    const name = nameOf(path);
    try {
      const folder = readTranscriptFolder(path);
      const report = await verifyTranscript(folder, pinned);
      verdicts.push(report.verdict);
      if (flags.json) {
        const { verdict, by, findings, notes, stations } = report;
        const sentence = verdictSentence(report);
        terminal.print(
          valueText(flags, { path, verdict, by, sentence, ...overviewOf(folder), findings, notes, stations }),
        );
      }
      print(`${name}: ${verdictSentence(report)}`);
      for (const each of report.findings) print(`  ${each.verdict}  ${placeOf(each)}${each.message}`);
      for (const each of report.notes) print(`  note  ${placeOf(each)}${each.message}`);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      unreadable += 1;
      if (flags.json) terminal.print(valueText(flags, { path, error: error.code, message: error.message }));
      print(`${name}: not read. ${error.message}`);
    }
  }
  if (paths.length > 1) print(totals(verdicts, unreadable));
  // A folder that can't be read is a failure of the command, as of any other.
  terminal.setExitCode(unreadable > 0 ? EXIT_CODES.broken : EXIT_CODES[worstOf(verdicts)]);
}

/**
 * A folder as a sentence names it: “.” says nothing to whoever reads it elsewhere. Throws `CliError`
 * 'usage'.
 */
function nameOf(path: string): string {
  if (path === '')
    throw new CliError(
      'usage',
      'The name of a folder is empty here. Name the folder, or . for the one you are in.',
    );
  return /^\.{0,2}$/.test(basename(path)) ? resolve(path) : path;
}

async function pinnedPeople(path: string): Promise<ReadonlySet<string>> {
  try {
    return await readPinnedPeople(path);
  } catch (error) {
    if (error instanceof StoreError) throw new CliError('usage', error.message);
    throw error;
  }
}

const placeOf = ({ station, line }: Pick<Finding, 'station' | 'line'>): string =>
  station === '' ? '' : `${station}${line === null ? '' : `, line ${line}`}: `;

function totals(verdicts: readonly Verdict[], unreadable: number): string {
  const counts = (['proven', 'incomplete', 'broken'] as const).flatMap((verdict) => {
    const count = verdicts.filter((each) => each === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  if (unreadable > 0) counts.push(`${unreadable} not read`);
  return `${verdicts.length + unreadable} folders: ${counts.join(', ')}`;
}
