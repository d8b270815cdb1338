import type { Command } from 'commander';
import type { Terminal } from '../parts/terminal';
import { type ListFlags, printCeremonies, withFilter } from './filter';

/** `airlock archive search`. */
export function defineSearch(command: Command, terminal: Terminal): void {
  withFilter(command)
    .argument('<word...>', 'words that all must be there; ada* stands for all that begin so')
    .action((words: string[], flags: ListFlags) => printCeremonies(terminal, flags, words.join(' ')));
}
