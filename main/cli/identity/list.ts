import type { Command } from 'commander';
import { listPeople } from '../../store/people';
import { valueText } from '../parts/format';
import { type HomeFlags, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { personJson } from './shown-person';

/** `airlock identity list`. */
export function defineList(command: Command, terminal: Terminal): void {
  withHome(command).action((flags: HomeFlags) => list(terminal, flags));
}

function list(terminal: Terminal, flags: HomeFlags): void {
  const people = listPeople(homeOf(terminal, flags));
  if (flags.json) {
    terminal.print(valueText(flags, { people: people.map(personJson) }));
    return;
  }
  if (people.length === 0) {
    terminal.say("Nobody is known here yet. Take in the others' identities: airlock identity add FILE\n");
    return;
  }
  const width = Math.max(...people.map(({ name }) => name.length));
  for (const { name, role, words } of people)
    terminal.print(`  ${name.padEnd(width)}  ${role.padEnd(9)}  ${words}\n`);
}
