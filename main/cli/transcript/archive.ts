import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { archiveStation } from '../../store/archive';
import { knownKeys } from '../../store/people';
import { readCheckpoint } from '../../store/sign-off';
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
  const id = chosenCeremony(home, flags.ceremony);
  await asPerson(terminal, home, flags, async ({ station }) => {
    const paths = home.ceremony(id);
    const path = await archiveStation(folder, station, paths, knownKeys(home), flags.replace);
    const signedOff = readCheckpoint(paths) !== null;
    answer(terminal, flags, { path, signedOff }, [
      `Archived in ${path}`,
      ...(signedOff ? [`Check it:  sh ${folder}/verify.sh`] : []),
    ]);
    if (signedOff) return;
    terminal.say(
      `This transcript is not signed off${existsSync(paths.checkpoint) ? ' as it is now: lines were added since' : ''}, so verify.sh will fail. Sign off (airlock transcript sign-off), then archive it again into the same folder.\n`,
    );
  });
}
