import type { Command } from 'commander';
import { fromHex } from '../../../shared/bytes';
import { ceremonyWords, digestWords } from '../../../shared/words';
import { leaveCeremony } from '../../online/task/leave';
import { recordCrossing } from '../../store/home-journal';
import { type Checkpoint, SignOffError, signOff } from '../../store/sign-off';
import { checkpointMessage } from '../../store/witnessing';
import { type Destination, outgoingCarrier, withDestination, writeMessage } from '../parts/message-output';
import { chosenCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { checkpointJournal } from './checkpoint-journal';
import { answer, type CeremonyFlags, placeLines, withCeremony } from './closing';

interface SignOffFlags extends CeremonyFlags, Destination {
  readonly again?: boolean;
}

/** `airlock transcript sign-off`. */
export function defineSignOff(command: Command, terminal: Terminal): void {
  withDestination(withCeremony(withPassphrase(withHome(command))))
    .option('--again', 'sign off anew where lines were added, although others signed the earlier checkpoint')
    .action((flags: SignOffFlags) => close(terminal, flags));
}

async function close(terminal: Terminal, flags: SignOffFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const id = chosenCeremony(home, flags.ceremony);
  await asPerson(terminal, home, flags, async (identity) => {
    const left =
      identity.role === 'operator' && leaveCeremony({ home, identity, clock: () => terminal.now() }, id);
    const checkpoint = await signingOff(terminal, flags, (again) =>
      signOff(home.ceremony(id), identity, again),
    );
    const message = await checkpointMessage(identity, fromHex(id), checkpoint, terminal.now());
    const record = checkpointJournal(terminal, home, identity, checkpoint.text);
    recordCrossing(record, 'out', message, outgoingCarrier(flags));
    const written = writeMessage(message, flags, identity.station);
    const words = digestWords(checkpoint.digest);
    answer(terminal, flags, { checkpoint: words, ...written }, [
      checkpoint.text.trimEnd(),
      '',
      `Ceremony   ${ceremonyWords(fromHex(id))}`,
      `Words      ${words}`,
      ...placeLines(written),
      ...(left
        ? [
            'No result was made here, and the key that shares were sealed to is destroyed. To submit shares here after all: airlock online join.',
          ]
        : []),
      'The journal is closed: a line written to it from now on needs a new sign-off.',
    ]);
  });
}

/**
 * Signs off. Where that would make others' signatures void, says whose, and asks unless `--again` was given.
 */
async function signingOff(
  terminal: Terminal,
  { again = false }: SignOffFlags,
  sign: (again: boolean) => Promise<Checkpoint>,
): Promise<Checkpoint> {
  try {
    return await sign(again);
  } catch (error) {
    if (!(error instanceof SignOffError)) throw error;
    terminal.say(`${error.message}\n`);
    const said = await terminal.ask('Type yes to sign off anew, or give --again: ');
    if (said?.trim().toLowerCase() !== 'yes') throw error;
    return sign(true);
  }
}
