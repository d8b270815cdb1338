import { type Command, Option } from 'commander';
import { fromHex } from '../../shared/bytes';
import { ceremonyWords, digestWords } from '../../shared/words';
import { archiveStation } from '../store/archive';
import type { Home } from '../store/home';
import { knownKeys } from '../store/people';
import { signOff } from '../store/sign-off';
import {
  checkpointMessage,
  readCheckpointMessage,
  signatureMessage,
  takeSignature,
} from '../store/witnessing';
import { type Destination, readMessages, readOneMessage, type Written, writeMessage } from './files';
import { ceremonyNamed, type HomeFlags, homeOf, unlock, withHome, withPassphrase } from './person';
import { CliError, type Terminal } from './terminal';

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
    .argument('<file...>', 'the checkpoint message: message file, UR text, or picture of a QR code')
    .addOption(new Option('--words <words>', 'the four words as the other station shows them'))
    .action((files: string[], flags: CloseFlags) => sign(terminal, files, flags));
  whichCeremony(withPassphrase(withHome(transcript.command('take'))))
    .description("keep others' signatures over this station's checkpoint")
    .argument('<file...>', 'signature messages: message files, UR text, or pictures of QR codes')
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
  const identity = await unlock(terminal, home, flags);
  const checkpoint = await signOff(home.ceremony(id), identity);
  const message = await checkpointMessage(identity, fromHex(id), checkpoint, terminal.now());
  const written = writeMessage(message, flags, identity.station);
  const words = digestWords(checkpoint.digest);
  answer(terminal, flags, { checkpoint: words, ...written }, [
    checkpoint.text.trimEnd(),
    '',
    `Words      ${words}`,
    ...filesOf(written),
    'The journal is closed: a line written to it from now on needs a new sign-off.',
  ]);
}

async function sign(terminal: Terminal, files: readonly string[], flags: CloseFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const identity = await unlock(terminal, home, flags);
  const toSign = await readCheckpointMessage(
    await readOneMessage(terminal, files),
    identity,
    knownKeys(home),
  );
  const words = digestWords(toSign.digest);
  terminal.say(
    `${toSign.from} asks for a signature over:\n\n${toSign.text.trimEnd()}\n\nWords      ${words}\n`,
  );
  const heard = flags.words ?? (await terminal.ask('Type the four words that the other station shows: '));
  if (heard?.trim().toLowerCase().replace(/\s+/g, ' ') !== words) {
    throw new CliError(
      'not-confirmed',
      'The words were not confirmed, so nothing was signed. Compare them with the other station, and give them by --words.',
    );
  }
  const written = writeMessage(
    await signatureMessage(toSign, identity, terminal.now()),
    flags,
    identity.name,
  );
  answer(terminal, flags, { checkpoint: words, from: toSign.from, ...written }, [
    `Signed the checkpoint of ${toSign.from}.`,
    ...filesOf(written),
  ]);
}

async function take(terminal: Terminal, files: readonly string[], flags: CloseFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const id = chosen(home, flags);
  const identity = await unlock(terminal, home, flags);
  const names: string[] = [];
  for (const message of await readMessages(terminal, files)) {
    names.push(await takeSignature(message, home.ceremony(id), fromHex(id), identity, knownKeys(home)));
  }
  answer(terminal, flags, { signers: names }, [`Kept the signature of ${names.join(', ')}.`]);
}

async function archive(terminal: Terminal, folder: string, flags: CloseFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const id = chosen(home, flags);
  const identity = await unlock(terminal, home, flags);
  const path = await archiveStation(folder, identity.station, home.ceremony(id), knownKeys(home));
  answer(terminal, flags, { path }, [`Archived in ${path}`, `Check it:  sh ${folder}/verify.sh`]);
}

const filesOf = (written: Written): string[] => written.files.map((file) => `Wrote      ${file}`);

function answer(terminal: Terminal, flags: CloseFlags, value: object, lines: readonly string[]): void {
  terminal.print(flags.json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);
}
