import type { Command } from 'commander';
import type { SignedMessage } from '../../../shared/message/wire';
import { ceremonyWords, digestWords } from '../../../shared/words';
import type { Home } from '../../store/home';
import { recordCrossing } from '../../store/home-journal';
import type { UnlockedIdentity } from '../../store/identity';
import { knownKeys } from '../../store/people';
import { type CheckpointToSign, readCheckpointMessage, signatureMessage } from '../../store/witnessing';
import { CliError } from '../parts/cli-error';
import { heardWords } from '../parts/heard-words';
import { recordingRefusal } from '../parts/home-record';
import { incomingCarrier } from '../parts/message-files';
import { readOneMessage } from '../parts/message-input';
import { type Destination, outgoingCarrier, withDestination, writeMessage } from '../parts/message-output';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, type HomeFlags, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { checkpointJournal } from './checkpoint-journal';
import { answer, placeLines } from './closing';

interface SignFlags extends HomeFlags, Destination {
  readonly words?: string;
}

/** `airlock transcript sign`. */
export function defineSign(command: Command, terminal: Terminal): void {
  withDestination(withPassphrase(withHome(command)))
    .argument(
      '<file...>',
      'the checkpoint message: message file, UR text, picture of a QR code, or a folder of these',
    )
    .option('--words <words>', 'the four words as the other station shows them')
    .action((files: string[], flags: SignFlags) => sign(terminal, files, flags));
}

async function sign(terminal: Terminal, files: readonly string[], flags: SignFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  await asPerson(terminal, home, flags, async (identity) => {
    const message = await readOneMessage(terminal, files);
    const { envelope } = message;
    const text = envelope.type === 'checkpoint' ? envelope.body.text : null;
    const record = checkpointJournal(terminal, home, identity, text);
    recordCrossing(record, 'in', message, incomingCarrier(files));
    const toSign = await recordingRefusal(record, message, () =>
      compared(terminal, home, identity, message, flags),
    );
    const words = digestWords(toSign.digest);
    record.append('words-compared', { what: `checkpoint of ${toSign.from}`, words });
    const signature = await signatureMessage(toSign, identity, terminal.now());
    recordCrossing(record, 'out', signature, outgoingCarrier(flags));
    const written = writeMessage(signature, flags, identity.name);
    answer(terminal, flags, { checkpoint: words, from: toSign.from, ...written }, [
      `Signed the checkpoint of ${toSign.from}.`,
      `Words      ${words}`,
      ...placeLines(written),
    ]);
  });
}

/**
 * The checkpoint of a message, once its words were compared. Throws `CliError` 'not-confirmed', and what
 * `readCheckpointMessage` throws.
 */
async function compared(
  terminal: Terminal,
  home: Home,
  identity: UnlockedIdentity,
  message: SignedMessage,
  flags: SignFlags,
): Promise<CheckpointToSign> {
  const toSign = await readCheckpointMessage(message, identity, knownKeys(home));
  // The words are not shown: whoever copies them from this screen has compared nothing.
  terminal.say(
    `${toSign.from} asks for a signature over:\n\n${toSign.text.trimEnd()}\n\nCeremony   ${ceremonyWords(toSign.ceremony)}\n`,
  );
  const heard = flags.words ?? (await terminal.ask('Type the four words that the other station shows: '));
  if (heard !== null && heardWords(heard) === digestWords(toSign.digest)) return toSign;
  throw new CliError(
    'not-confirmed',
    heard === null
      ? 'The four words must be compared, and nobody can be asked here, so nothing was signed. Give them as the other station shows them: --words "FOUR WORDS".'
      : "The words don't match: this is not the checkpoint that the other station shows, or a word was misread. Nothing was signed. Compare them again.",
  );
}
