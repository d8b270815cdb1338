import type { Command } from 'commander';
import { fromHex } from '../../../shared/bytes';
import { wireBytes } from '../../../shared/message/wire';
import { makeOutgoing } from '../../../shared/qr/ur';
import { parseLiveCheckpoint } from '../../../shared/transcript/live-checkpoint';
import { ceremonyWords, digestWords } from '../../../shared/words';
import { openCeremonyJournal, recordCrossing } from '../../store/home-journal';
import { liveLogMessage } from '../../store/log';
import { readSealedJournal } from '../../store/seal/sealed-file';
import { readCheckpoint } from '../../store/sign-off';
import { WitnessingError } from '../../store/witnessing';
import { version } from '../../version';
import { drawMessage, drawsCode } from '../parts/drawn-message';
import { type Destination, outgoingCarrier, withDestination, writeMessage } from '../parts/message-output';
import { chosenCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { answer, type CeremonyFlags, placeLines, withCeremony } from './closing';

interface ShowFlags extends CeremonyFlags, Destination {
  readonly show?: boolean;
}

/** `airlock transcript show`. */
export function defineShow(command: Command, terminal: Terminal): void {
  withDestination(withCeremony(withPassphrase(withHome(command))), 'log')
    .option('--show', 'draw the code of the log message in this terminal')
    .action((flags: ShowFlags) => show(terminal, flags));
}

async function show(terminal: Terminal, flags: ShowFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const id = chosenCeremony(home, flags.ceremony);
  await asPerson(terminal, home, flags, async (identity) => {
    const paths = home.ceremony(id);
    if (readCheckpoint(paths) !== null)
      throw new WitnessingError(
        'closed',
        'This transcript is closed: a witness signs its checkpoint. Nothing was made.',
      );
    const written = readSealedJournal(paths.journal) ?? new Uint8Array();
    const message = await liveLogMessage(identity, fromHex(id), written, terminal.now());
    const { lines, rehearsal } = parseLiveCheckpoint(message.envelope.body.checkpoint);
    const clock = () => terminal.now();
    const journal = openCeremonyJournal(home, id, {
      identity,
      clock,
      rehearsal,
      program: 'airlock',
      version,
    });
    // The line after those that a witness sees: an honest journal always goes on.
    recordCrossing(journal, 'out', message, outgoingCarrier(flags));
    const place = writeMessage(message, flags, identity.station);
    const bytes = wireBytes(message);
    const parts = makeOutgoing(bytes).partCount;
    const words = digestWords(message.digest);
    answer(terminal, flags, { message: words, lines, bytes: bytes.length, parts, ...place }, [
      `Ceremony   ${ceremonyWords(fromHex(id))}`,
      `So far     ${lines} lines, ${bytes.length} bytes as a message, ${parts === 1 ? 'one code' : `${parts} parts of a moving code`}`,
      `Words      ${words}`,
      ...placeLines(place),
    ]);
    if (!flags.json && (flags.show === true || drawsCode(flags))) await drawMessage(message);
  });
}
