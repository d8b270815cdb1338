import type { Command } from 'commander';
import { isDatabase, openArchive } from '../../archive/archive';
import type { Place, Wanted } from '../../archive/place/place';
import { CliError } from '../parts/cli-error';
import { type FormatFlags, withFormat } from '../parts/format';
import type { Terminal } from '../parts/terminal';

/** Options that every command of an archive has. */
export interface ArchiveFlags extends FormatFlags {
  readonly archive?: string;
}

/** Adds `--archive`, `--json` and `--format`. */
export const withArchive = (command: Command): Command =>
  withFormat(
    command.option(
      '--archive <place>',
      'folder, or postgres://USER@HOST/DATABASE (default: AIRLOCK_ARCHIVE)',
    ),
  );

/**
 * Does something with the archive that the command line or the environment names, and closes it. Throws
 * `CliError` 'usage', and `ArchiveError`. `index`: as for `openArchive`.
 */
export async function inArchive<T>(
  terminal: Terminal,
  flags: ArchiveFlags,
  wanted: Wanted,
  work: (place: Place) => Promise<T>,
  index?: 'as far as it goes',
): Promise<T> {
  const place = await openArchive(addressOf(terminal, flags), wanted, index);
  try {
    return await work(place);
  } finally {
    await place.close();
  }
}

/**
 * As `inArchive`, to read, with the index left as it is: for whoever asks whether somebody changed
 * something.
 */
export async function inArchiveAsItIs<T>(
  terminal: Terminal,
  flags: ArchiveFlags,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const place = await openArchive(addressOf(terminal, flags), 'read', 'as it is');
  try {
    return await work(place);
  } finally {
    await place.close();
  }
}

/** The place that was named. Throws `CliError` 'usage' where none was, or where a password stands in it. */
export function addressOf(terminal: Terminal, { archive }: ArchiveFlags): string {
  const address = archive ?? terminal.env['AIRLOCK_ARCHIVE'] ?? '';
  if (address === '')
    throw new CliError(
      'usage',
      'Say which archive: --archive PLACE, or AIRLOCK_ARCHIVE. It is a folder, or postgres://USER@HOST/DATABASE.',
    );
  if (isDatabase(address) && /^[^/]*\/\/[^/@]*:[^/@]*@|[?&]password=/i.test(address))
    throw new CliError(
      'usage',
      'There is a password in the archive’s address, where every process on this machine can read it. Put it into ~/.pgpass, or into the file that PGPASSFILE names, as for psql.',
    );
  return address;
}
