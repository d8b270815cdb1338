import type { Command } from 'commander';
import { note } from '../../archive/annotation';
import type { Terminal } from '../parts/terminal';
import { type AuthorFlags, asArchivist, withAuthor } from './author';
import { answerEntry } from './head';

/** `airlock archive note`. */
export function defineNote(command: Command, terminal: Terminal): void {
  withAuthor(command)
    .argument('<ceremony>', 'its two words, or its id')
    .argument('<text>', 'what is to be on record; a search finds it')
    .action((ceremony: string, text: string, flags: AuthorFlags) =>
      asArchivist(terminal, flags, 'write', async (place, author) =>
        answerEntry(terminal, flags, place, 'Noted', await note(place, ceremony, text, author)),
      ),
    );
}
