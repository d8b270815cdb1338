import type { Command } from 'commander';
import type { Terminal } from '../parts/terminal';
import { type ListFlags, printCeremonies, withFilter } from './filter';

/** `airlock archive list`. */
export function defineList(command: Command, terminal: Terminal): void {
  withFilter(command).action((flags: ListFlags) => printCeremonies(terminal, flags));
}
