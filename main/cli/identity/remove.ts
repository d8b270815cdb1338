import type { Command } from 'commander';
import { recordPersonRemoved } from '../../store/home-journal';
import { removePerson } from '../../store/people';
import { valueText } from '../parts/format';
import { homeJournal } from '../parts/home-record';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { personJson } from './shown-person';

/** `airlock identity remove`. */
export function defineRemove(command: Command, terminal: Terminal): void {
  withPassphrase(withHome(command))
    .argument('<name>', 'name or fingerprint')
    .action((name: string, flags: HomeFlags) => remove(terminal, name, flags));
}

async function remove(terminal: Terminal, name: string, flags: HomeFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  await asPerson(terminal, home, flags, async (own) => {
    const person = removePerson(home, name, (announced) =>
      recordPersonRemoved(homeJournal(terminal, home, own, false), announced),
    );
    terminal.print(
      flags.json
        ? valueText(flags, { removed: personJson(person) })
        : columns([['Forgotten', `${person.name}, ${person.role}`]]),
    );
  });
}
