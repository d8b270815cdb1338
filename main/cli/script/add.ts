import type { Command } from 'commander';
import { addScript } from '../../store/scripts';
import { valueText } from '../parts/format';
import { refuseTwoReaders } from '../parts/input-file';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { scriptInput, type WordsFlags, withWords } from './script-input';
import { headRows, scriptJson } from './shown-script';

interface AddFlags extends HomeFlags, WordsFlags {}

/** `airlock script add`. */
export function defineAdd(command: Command, terminal: Terminal): void {
  withWords(withPassphrase(withHome(command)))
    .argument('<file>', 'file with the script; - is standard input')
    .action((path: string, flags: AddFlags) => add(terminal, path, flags));
}

async function add(terminal: Terminal, path: string, flags: AddFlags): Promise<void> {
  refuseTwoReaders([path, flags.passphraseFile]);
  const home = homeOf(terminal, flags);
  const script = await scriptInput(terminal, path, flags);
  const kept = await asPerson(terminal, home, flags, async () => addScript(home, script));
  terminal.print(flags.json ? valueText(flags, { added: scriptJson(kept) }) : columns(headRows(kept.script)));
  if (!flags.json) terminal.say('It is kept here. A plan goes by it: airlock offline plan --script WORDS\n');
}
