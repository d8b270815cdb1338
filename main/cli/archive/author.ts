import type { Command } from 'commander';
import type { Author } from '../../archive/annotation';
import { refuseOthers } from '../../archive/log/signing';
import type { Place, Wanted } from '../../archive/place/place';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, type HomeFlags, homeOf, identityOf, withHomeOnly } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, inArchive, withArchive } from './place';

/** Options of a command that writes into the log. */
export type AuthorFlags = ArchiveFlags & HomeFlags;

/** Adds `--archive`, `--home`, `--passphrase-file`, `--json` and `--format`. */
export const withAuthor = (command: Command): Command => withPassphrase(withHomeOnly(withArchive(command)));

/**
 * Does something in an archive as the archivist of this home. Throws `ArchiveError` 'not-archivist' before
 * the passphrase is asked for, and as `asPerson` and `inArchive`.
 */
export async function asArchivist(
  terminal: Terminal,
  flags: AuthorFlags,
  wanted: Wanted,
  work: (place: Place, author: Author) => Promise<void>,
): Promise<void> {
  const home = homeOf(terminal, flags);
  refuseOthers(identityOf(home));
  await asPerson(terminal, home, flags, (archivist) =>
    inArchive(terminal, flags, wanted, (place) => work(place, { archivist, clock: () => terminal.now() })),
  );
}
