import type { Command } from 'commander';
import { openArchive } from '../../archive/archive';
import { ArchiveError } from '../../archive/archive-error';
import { reindex } from '../../archive/index/refresh';
import type { Place } from '../../archive/place/place';
import { valueText } from '../parts/format';
import { counted } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, addressOf, withArchive } from './place';

/** `airlock archive reindex`. */
export function defineReindex(command: Command, terminal: Terminal): void {
  withArchive(command).action((flags: ArchiveFlags) => makeAnew(terminal, flags));
}

async function makeAnew(terminal: Terminal, flags: ArchiveFlags): Promise<void> {
  const place = await openInAnyState(addressOf(terminal, flags));
  try {
    let ceremonies = 0;
    await reindex(place, (_done, all) => {
      ceremonies = all;
    });
    if (flags.json) terminal.print(valueText(flags, { ceremonies }));
    else terminal.print(`The index is made anew: ${counted(ceremonies, 'ceremony', 'ceremonies')}.\n`);
  } finally {
    await place.close();
  }
}

/** An index that can't even be opened gives way to a new one, and stays beside it. */
async function openInAnyState(address: string): Promise<Place> {
  try {
    return await openArchive(address, 'write', 'as it is');
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code !== 'index-damaged') throw error;
    const { setIndexAside } = await import('../../archive/place/folder-place');
    setIndexAside(address);
    return openArchive(address, 'write', 'as it is');
  }
}
