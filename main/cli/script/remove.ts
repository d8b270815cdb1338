import type { Command } from 'commander';
import { removeScript } from '../../store/scripts';
import { valueText } from '../parts/format';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { namedScript } from './named-script';
import { scriptJson, scriptLine } from './shown-script';

/** `airlock script remove`. */
export function defineRemove(command: Command, terminal: Terminal): void {
  withPassphrase(withHome(command))
    .argument('<script>', 'its words, its hash or its title')
    .action((name: string, flags: HomeFlags) => remove(terminal, name, flags));
}

async function remove(terminal: Terminal, name: string, flags: HomeFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const removed = await asPerson(terminal, home, flags, async () => {
    const kept = namedScript(home, name);
    removeScript(home, kept.sha256);
    return kept;
  });
  terminal.print(
    flags.json
      ? valueText(flags, { removed: scriptJson(removed) })
      : columns([['Forgotten', scriptLine(removed.script)]]),
  );
}
