import type { Command } from 'commander';
import { fromHex } from '../../../shared/bytes';
import { wireBytes } from '../../../shared/message/wire';
import { makeOutgoing } from '../../../shared/qr/ur';
import { parseCheckpoint } from '../../../shared/transcript/checkpoint';
import { ceremonyWords, digestWords } from '../../../shared/words';
import { recordCrossing } from '../../store/home-journal';
import { logMessage } from '../../store/log';
import { knownKeys } from '../../store/people';
import { stationTranscript } from '../../store/station-transcript';
import { drawMessage, drawsCode } from '../parts/drawn-message';
import { type Destination, outgoingCarrier, withDestination, writeMessage } from '../parts/message-output';
import { chosenCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { checkpointJournal } from './checkpoint-journal';
import { answer, type CeremonyFlags, placeLines, withCeremony } from './closing';

interface LogFlags extends CeremonyFlags, Destination {
  readonly show?: boolean;
}

/** `airlock transcript log`. */
export function defineLog(command: Command, terminal: Terminal): void {
  withDestination(withCeremony(withPassphrase(withHome(command))), 'log')
    .option('--show', 'draw the code of the log message in this terminal')
    .action((flags: LogFlags) => carry(terminal, flags));
}

async function carry(terminal: Terminal, flags: LogFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const id = chosenCeremony(home, flags.ceremony);
  await asPerson(terminal, home, flags, async (identity) => {
    const transcript = stationTranscript(identity.station, home.ceremony(id), knownKeys(home));
    const message = await logMessage(identity, fromHex(id), transcript, terminal.now());
    const record = checkpointJournal(terminal, home, identity, transcript.checkpoint);
    recordCrossing(record, 'out', message, outgoingCarrier(flags));
    const written = writeMessage(message, flags, identity.station);
    const bytes = wireBytes(message);
    const parts = makeOutgoing(bytes).partCount;
    const { lines } = parseCheckpoint(message.envelope.body.checkpoint);
    const words = digestWords(message.digest);
    answer(terminal, flags, { message: words, lines, bytes: bytes.length, parts, ...written }, [
      `Ceremony   ${ceremonyWords(fromHex(id))}`,
      `Journal    ${lines} lines, ${bytes.length} bytes as a message, ${parts === 1 ? 'one code' : `${parts} parts of a moving code`}`,
      `Words      ${words}`,
      ...placeLines(written),
    ]);
    if (!flags.json && (flags.show === true || drawsCode(flags))) await drawMessage(message);
  });
}
