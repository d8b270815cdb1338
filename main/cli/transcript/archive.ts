import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { archiveStations } from '../../store/archive';
import { keptLogs } from '../../store/kept-log';
import { knownKeys } from '../../store/people';
import { readCheckpoint } from '../../store/sign-off';
import { stationTranscript } from '../../store/station-transcript';
import { chosenCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { answer, type CeremonyFlags, withCeremony } from './closing';

interface ArchiveFlags extends CeremonyFlags {
  readonly replace?: boolean;
}

/** `airlock transcript archive`. */
export function defineArchive(command: Command, terminal: Terminal): void {
  withCeremony(withPassphrase(withHome(command)))
    .argument('<dir>', 'the folder; several stations may use the same')
    .option('--replace', 'replace what the archive has, also where that has more signatures or is of another')
    .action((folder: string, flags: ArchiveFlags) => archive(terminal, folder, flags));
}

async function archive(terminal: Terminal, folder: string, flags: ArchiveFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const ids = [...new Set([...home.listCeremonies(), ...home.listLogs()])].sort();
  const id = chosenCeremony(home, flags.ceremony, ids);
  await asPerson(terminal, home, flags, async (identity) => {
    const paths = home.ceremony(id);
    const people = knownKeys(home);
    const logs = await keptLogs(home, id, identity, people);
    // A witness has no journal of the ceremony, and may hold those of everyone.
    const own = existsSync(paths.journal) ? [stationTranscript(identity.station, paths, people)] : [];
    const transcripts = [...own, ...logs.map(({ transcript }) => transcript)];
    const places = await archiveStations(folder, transcripts, flags.replace);
    const signedOff = own.length === 0 || readCheckpoint(paths) !== null;
    answer(terminal, flags, { path: places[0] ?? folder, paths: places, signedOff }, [
      ...places.map((place) => `Archived in ${place}`),
      ...(signedOff ? [`Check it:  sh ${folder}/verify.sh`] : []),
    ]);
    if (signedOff) return;
    terminal.say(
      `This transcript is not signed off${existsSync(paths.checkpoint) ? ' as it is now: lines were added since' : ''}, so verify.sh will fail. Sign off (airlock transcript sign-off), then archive it again into the same folder.\n`,
    );
  });
}
