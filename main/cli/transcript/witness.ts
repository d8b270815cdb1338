import type { Command } from 'commander';
import { digestWords } from '../../../shared/words';
import { statementMessage } from '../../store/following';
import { recordCrossing } from '../../store/home-journal';
import { drawMessage, drawsCode } from '../parts/drawn-message';
import { type Destination, outgoingCarrier, withDestination, writeMessage } from '../parts/message-output';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { answer, type CeremonyFlags, placeLines, withCeremony } from './closing';
import { followedCeremony, stationNamed } from './followed-home';

interface WitnessFlags extends CeremonyFlags, Destination {}

/** `airlock transcript witness`. */
export function defineWitness(command: Command, terminal: Terminal): void {
  withDestination(withCeremony(withPassphrase(withHome(command))), 'witness')
    .argument('<station>', 'for whose journal: the label of the station')
    .action((station: string, flags: WitnessFlags) => witness(terminal, station, flags));
}

async function witness(terminal: Terminal, label: string, flags: WitnessFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  await asPerson(terminal, home, flags, async (identity) => {
    const followed = await followedCeremony(terminal, home, identity, flags);
    const station = stationNamed(followed, label);
    const { following } = followed;
    const message = await statementMessage(following, station, terminal.now());
    recordCrossing(following.journal, 'out', message, outgoingCarrier(flags));
    const written = writeMessage(message, flags, identity.name);
    const words = digestWords(message.digest);
    const { lines, head } = station.log;
    const deviations = station.deviations.length;
    answer(
      terminal,
      flags,
      { station: station.log.transcript.station, lines, head, deviations, ...written },
      [
        `Signed for the first ${lines} lines of ${station.log.transcript.station}, with ${deviations === 1 ? 'one deviation' : `${deviations} deviations`}.`,
        `Words      ${words}`,
        ...placeLines(written),
        'Every station of the ceremony may keep it: airlock transcript take FILE',
      ],
    );
    if (!flags.json && drawsCode(flags)) await drawMessage(message);
  });
}
