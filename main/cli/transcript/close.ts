import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { AirlockError } from '../../../shared/airlock-error';
import { fromHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { ceremonyWords, digestWords } from '../../../shared/words';
import { leaveAttempt } from '../../online/attempt/end';
import { stationJournal } from '../../online/station-context';
import { archiveStation } from '../../store/archive';
import type { Home } from '../../store/home';
import { recordCrossing, recordRefusal } from '../../store/home-journal';
import { lockIdentity, type UnlockedIdentity } from '../../store/identity';
import type { Journal } from '../../store/journal';
import { knownKeys } from '../../store/people';
import { readCheckpoint, signOff } from '../../store/sign-off';
import {
  type CheckpointToSign,
  checkpointMessage,
  readCheckpointMessage,
  signatureMessage,
  takeSignature,
} from '../../store/witnessing';
import { type Destination, readMessages, readOneMessage, type Written, writeMessage } from '../files';
import { inwards, outwards } from '../online/session';
import {
  ceremonyNamed,
  type HomeFlags,
  heardWords,
  homeOf,
  unlock,
  withHome,
  withPassphrase,
} from '../person';
import { CliError, type Terminal } from '../terminal';

interface CloseFlags extends HomeFlags, Destination {
  readonly ceremony?: string;
  readonly words?: string;
}

const whichCeremony = (command: Command): Command =>
  command.option('--ceremony <words>', 'which ceremony: its two words or its id');

const withOutput = (command: Command): Command =>
  command
    .option('--out <file>', 'write the outgoing message there, as UR text')
    .option('--qr <dir>', 'write the outgoing message there, as QR pictures');

/** `airlock transcript sign-off | sign | take | archive`: how a station without a window closes its journal. */
export function registerTranscriptClosing(transcript: Command, terminal: Terminal): void {
  withOutput(whichCeremony(withPassphrase(withHome(transcript.command('sign-off')))))
    .description('close the journal: write its checkpoint, sign it, and ask others to sign it too')
    .action((flags: CloseFlags) => close(terminal, flags));
  withOutput(withPassphrase(withHome(transcript.command('sign'))))
    .description("sign another station's checkpoint, once its words were compared")
    .argument(
      '<file...>',
      'the checkpoint message: message file, UR text, picture of a QR code, or a folder of these',
    )
    .addOption(new Option('--words <words>', 'the four words as the other station shows them'))
    .action((files: string[], flags: CloseFlags) => sign(terminal, files, flags));
  whichCeremony(withPassphrase(withHome(transcript.command('take'))))
    .description("keep others' signatures over this station's checkpoint")
    .argument(
      '<file...>',
      'signature messages: message files, UR text, pictures of QR codes, or a folder of these',
    )
    .action((files: string[], flags: CloseFlags) => take(terminal, files, flags));
  whichCeremony(withPassphrase(withHome(transcript.command('archive'))))
    .description("add this station's transcript to an archive folder, with verify.sh")
    .argument('<dir>', 'the folder; several stations may use the same')
    .action((folder: string, flags: CloseFlags) => archive(terminal, folder, flags));
}

/** The ceremony that is named, or the only one there is. Throws `CliError` 'ambiguous' or 'usage'. */
function chosen(home: Home, flags: CloseFlags): string {
  const named = ceremonyNamed(home, flags.ceremony);
  if (named !== undefined) return named;
  const all = home.listCeremonies();
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  throw new CliError(
    'ambiguous',
    all.length === 0
      ? 'This home has no ceremony whose transcript could be closed.'
      : `This home has several ceremonies. Name one with --ceremony: ${all.map((id) => `“${ceremonyWords(fromHex(id))}”`).join(', ')}.`,
  );
}

async function close(terminal: Terminal, flags: CloseFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const id = chosen(home, flags);
  await asPerson(terminal, home, flags, async (identity) => {
    const left =
      identity.role === 'operator' && leaveAttempt({ home, identity, clock: () => terminal.now() }, id);
    const checkpoint = await signOff(home.ceremony(id), identity);
    const message = await checkpointMessage(identity, fromHex(id), checkpoint, terminal.now());
    const record = homeJournal(terminal, home, identity, checkpoint.text);
    recordCrossing(record, 'out', message, outwards(flags));
    const written = writeMessage(message, flags, identity.station);
    const words = digestWords(checkpoint.digest);
    answer(terminal, flags, { checkpoint: words, ...written }, [
      checkpoint.text.trimEnd(),
      '',
      `Ceremony   ${ceremonyWords(fromHex(id))}`,
      `Words      ${words}`,
      ...whereabouts(written),
      ...(left
        ? [
            'No result was made here, and the key that shares were sealed to is destroyed. To submit shares here after all: airlock online join.',
          ]
        : []),
      'The journal is closed: a line written to it from now on needs a new sign-off.',
    ]);
  });
}

async function sign(terminal: Terminal, files: readonly string[], flags: CloseFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  await asPerson(terminal, home, flags, async (identity) => {
    const message = await readOneMessage(terminal, files);
    const { envelope } = message;
    const record = homeJournal(
      terminal,
      home,
      identity,
      envelope.type === 'checkpoint' ? envelope.body.text : null,
    );
    recordCrossing(record, 'in', message, inwards({ message: [...files] }));
    const toSign = await recordingRefusal(record, message, () =>
      compared(terminal, home, identity, message, flags),
    );
    const words = digestWords(toSign.digest);
    record.append('words-compared', { what: `checkpoint of ${toSign.from}`, words });
    const signature = await signatureMessage(toSign, identity, terminal.now());
    recordCrossing(record, 'out', signature, outwards(flags));
    const written = writeMessage(signature, flags, identity.name);
    answer(terminal, flags, { checkpoint: words, from: toSign.from, ...written }, [
      `Signed the checkpoint of ${toSign.from}.`,
      `Words      ${words}`,
      ...whereabouts(written),
    ]);
  });
}

/** The checkpoint of a message, once its words were compared. Throws `CliError` 'not-confirmed'. */
async function compared(
  terminal: Terminal,
  home: Home,
  identity: UnlockedIdentity,
  message: SignedMessage,
  flags: CloseFlags,
): Promise<CheckpointToSign> {
  const toSign = await readCheckpointMessage(message, identity, knownKeys(home));
  // Without the words: what stands here could be copied from here, and would compare nothing.
  terminal.say(
    `${toSign.from} asks for a signature over:\n\n${toSign.text.trimEnd()}\n\nCeremony   ${ceremonyWords(toSign.ceremony)}\n`,
  );
  const heard = flags.words ?? (await terminal.ask('Type the four words that the other station shows: '));
  if (heard !== null && heardWords(heard) === digestWords(toSign.digest)) return toSign;
  throw new CliError(
    'not-confirmed',
    'The words were not confirmed, so nothing was signed. Compare them with the other station, and give them by --words.',
  );
}

async function take(terminal: Terminal, files: readonly string[], flags: CloseFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const id = chosen(home, flags);
  const paths = home.ceremony(id);
  await asPerson(terminal, home, flags, async (identity) => {
    const names: string[] = [];
    const record = homeJournal(terminal, home, identity, readCheckpoint(paths)?.text ?? null);
    for (const message of await readMessages(terminal, files)) {
      recordCrossing(record, 'in', message, inwards({ message: [...files] }));
      const name = await recordingRefusal(record, message, () =>
        takeSignature(message, paths, fromHex(id), identity, knownKeys(home)),
      );
      names.push(name);
    }
    answer(terminal, flags, { signers: names }, [`Kept the signature of ${names.join(', ')}.`]);
  });
}

async function archive(terminal: Terminal, folder: string, flags: CloseFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const id = chosen(home, flags);
  await asPerson(terminal, home, flags, async ({ station }) => {
    const paths = home.ceremony(id);
    const path = await archiveStation(folder, station, paths, knownKeys(home));
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

/** Does something as the person of this home, whose signing key is in memory only meanwhile. */
async function asPerson(
  terminal: Terminal,
  home: Home,
  flags: CloseFlags,
  work: (identity: UnlockedIdentity) => Promise<void>,
): Promise<void> {
  const identity = await unlock(terminal, home, flags);
  try {
    await work(identity);
  } finally {
    lockIdentity(identity);
  }
}

/**
 * The home's journal, for what crosses once a ceremony's own journal is closed. `checkpoint`: the text that it is about,
 * where there is one, for its rehearsal mark.
 */
const homeJournal = (
  terminal: Terminal,
  home: Home,
  identity: UnlockedIdentity,
  checkpoint: string | null,
): Journal =>
  stationJournal(
    { home, identity, clock: () => terminal.now() },
    checkpoint?.includes('\nrehearsal: yes\n') === true,
  );

/** A message that is turned away is part of the record, too. */
async function recordingRefusal<T>(
  record: Journal,
  message: SignedMessage,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AirlockError) recordRefusal(record, message, error);
    throw error;
  }
}

/** Where the message that was made is to be had: in files, else on the screen. */
const whereabouts = ({ files, ur }: Written): string[] =>
  files.length === 0 ? ['', ur, ''] : files.map((file) => `Wrote      ${file}`);

function answer(terminal: Terminal, flags: CloseFlags, value: object, lines: readonly string[]): void {
  terminal.print(flags.json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);
}
