import type { Command } from 'commander';
import { hold, release } from '../../archive/annotation';
import type { Terminal } from '../parts/terminal';
import { type AuthorFlags, asArchivist, withAuthor } from './author';
import { answerEntry } from './head';

interface HoldFlags extends AuthorFlags {
  readonly reason: string;
  readonly release?: boolean;
}

/** `airlock archive hold`. */
export function defineHold(command: Command, terminal: Terminal): void {
  withAuthor(command)
    .argument('<ceremony>', 'its two words, or its id')
    .requiredOption('--reason <text>', 'why: the case, or who asked for it')
    .option('--release', 'end the hold')
    .action((ceremony: string, flags: HoldFlags) =>
      asArchivist(terminal, flags, 'write', async (place, author) => {
        const n = await (flags.release ? release : hold)(place, ceremony, flags.reason, author);
        await answerEntry(terminal, flags, place, flags.release ? 'Released' : 'On hold', n);
      }),
    );
}
