import type { Command } from 'commander';
import { tombstone } from '../../archive/annotation';
import type { Terminal } from '../parts/terminal';
import { type AuthorFlags, asArchivist, withAuthor } from './author';
import { answerEntry } from './head';

interface TombstoneFlags extends AuthorFlags {
  readonly reason: string;
}

/** `airlock archive tombstone`. */
export function defineTombstone(command: Command, terminal: Terminal): void {
  withAuthor(command)
    .argument('<ceremony>', 'its two words, or its id')
    .requiredOption('--reason <text>', 'the law or order by which it has to go')
    .addHelpText(
      'after',
      '\nThe evidence is deleted for good. Its entries stay in the log, which still proves.',
    )
    .action((ceremony: string, flags: TombstoneFlags) =>
      asArchivist(terminal, flags, 'write', async (place, author) =>
        answerEntry(
          terminal,
          flags,
          place,
          'Gone by law',
          await tombstone(place, ceremony, flags.reason, author),
        ),
      ),
    );
}
