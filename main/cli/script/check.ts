import type { Command } from 'commander';
import { type FormatFlags, valueText, withFormat } from '../parts/format';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { scriptInput, type WordsFlags, withWords } from './script-input';
import { wholeJson, wholeRows } from './shown-script';

interface CheckFlags extends FormatFlags, WordsFlags {}

/** `airlock script check`. It needs no home: whoever gets a file can compare its words. */
export function defineCheck(command: Command, terminal: Terminal): void {
  withFormat(withWords(command))
    .argument('<file>', 'file with the script; - is standard input')
    .action((path: string, flags: CheckFlags) => check(terminal, path, flags));
}

async function check(terminal: Terminal, path: string, flags: CheckFlags): Promise<void> {
  const script = await scriptInput(terminal, path, flags);
  if (flags.json) {
    terminal.print(valueText(flags, { script: wholeJson(script), compared: flags.words !== undefined }));
    return;
  }
  terminal.print(columns(wholeRows(script)));
  terminal.say(
    flags.words === undefined
      ? 'It is a whole script. Have whoever sent it read its words out: only they say that it is the same one.\n'
      : 'It is a whole script, and its words are those that were read out.\n',
  );
}
