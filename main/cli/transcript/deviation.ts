import type { Command } from 'commander';
import { noteDeviation } from '../../store/following';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { wholeNumber } from '../parts/whole-number';
import { answer, type CeremonyFlags, withCeremony } from './closing';
import { followedCeremony, stationNamed, withStation } from './followed-home';

interface DeviationFlags extends CeremonyFlags {
  readonly station?: string;
  readonly line?: string;
}

/** `airlock transcript deviation`. */
export function defineDeviation(command: Command, terminal: Terminal): void {
  withStation(withCeremony(withPassphrase(withHome(command))))
    .argument('<text>', 'what was otherwise than it should be, why, and what was done')
    .option('--line <number>', 'about which line of that station’s journal')
    .action((text: string, flags: DeviationFlags) => note(terminal, text, flags));
}

async function note(terminal: Terminal, text: string, flags: DeviationFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  await asPerson(terminal, home, flags, async (identity) => {
    const followed = await followedCeremony(terminal, home, identity, flags);
    const station = flags.station === undefined ? null : stationNamed(followed, flags.station);
    const line = flags.line === undefined ? 0 : wholeNumber(flags.line, '--line', 1, 999);
    noteDeviation(followed.following.journal, { ceremony: followed.id, station, line, text });
    answer(terminal, flags, { ceremony: followed.id, station: flags.station ?? null, line, text }, [
      'Noted. It is in what you sign from now on.',
    ]);
  });
}
