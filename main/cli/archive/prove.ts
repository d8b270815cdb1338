import type { Command } from 'commander';
import { headText, headWords, parseHead } from '../../archive/log/head';
import { prove } from '../../archive/proof';
import { valueText } from '../parts/format';
import { counted } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, inArchiveAsItIs, withArchive } from './place';

/** `airlock archive prove`. */
export function defineProve(command: Command, terminal: Terminal): void {
  withArchive(command)
    .argument(
      '[head]',
      'a head as it was printed or written down: its digits or its six words, with its number or without',
    )
    .addHelpText('after', '\nExit code: 0 all stands, 1 something was taken away, changed or replaced.')
    .action((head: string | undefined, flags: ArchiveFlags) => proveLog(terminal, head, flags));
}

async function proveLog(terminal: Terminal, text: string | undefined, flags: ArchiveFlags): Promise<void> {
  const kept = text === undefined ? null : parseHead(text);
  await inArchiveAsItIs(terminal, flags, async (place) => {
    const { head, holds, findings, notes, evidence } = await prove(place, kept);
    if (!holds) terminal.setExitCode(1);
    if (flags.json) {
      const words = head === null ? null : headWords(head.hash);
      terminal.print(valueText(flags, { holds, head, words, evidence, findings, notes }));
      return;
    }
    for (const { message } of findings) terminal.print(`  broken  ${message}\n`);
    for (const { message } of notes) terminal.print(`  note  ${message}\n`);
    const stands = head === null ? 'empty' : `${counted(head.n, 'entry', 'entries')}, head ${headText(head)}`;
    terminal.print(
      holds
        ? `Proven: ${kept === null ? 'the log holds from its first entry to its last' : 'all that stood under that head still stands, unchanged'}, with the evidence of ${counted(evidence, 'addition')}. ${stands}\n`
        : `Broken: ${counted(findings.length, 'thing')} in the log or its evidence ${findings.length === 1 ? 'is' : 'are'} not as left. ${stands}\n`,
    );
    if (kept === null && holds)
      terminal.say(
        'Without a head that was kept elsewhere, entries that were cut off the end of the log can’t be missed.\n',
      );
  });
}
