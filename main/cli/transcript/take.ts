import type { Command } from 'commander';
import { fromHex, toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { ceremonyWords } from '../../../shared/words';
import type { Home } from '../../store/home';
import { recordCrossing } from '../../store/home-journal';
import type { UnlockedIdentity } from '../../store/identity';
import { takeLog } from '../../store/kept-log';
import type { Log } from '../../store/log';
import { knownKeys } from '../../store/people';
import { readCheckpoint } from '../../store/sign-off';
import { takeSignature } from '../../store/witnessing';
import { recordingRefusal } from '../parts/home-record';
import { incomingCarrier } from '../parts/message-files';
import { readMessages } from '../parts/message-input';
import { chosenCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { checkpointJournal } from './checkpoint-journal';
import { answer, type CeremonyFlags, withCeremony } from './closing';

/** `airlock transcript take`. */
export function defineTake(command: Command, terminal: Terminal): void {
  withCeremony(withPassphrase(withHome(command)))
    .argument(
      '<file...>',
      "others' signatures, and other stations' journals: message files, UR text, pictures of QR codes, or a folder of these",
    )
    .action((files: string[], flags: CeremonyFlags) => take(terminal, files, flags));
}

/** What the messages of one command are taken with. */
interface Taking {
  readonly terminal: Terminal;
  readonly home: Home;
  readonly identity: UnlockedIdentity;
  readonly carrier: string;
}

async function take(terminal: Terminal, files: readonly string[], flags: CeremonyFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  await asPerson(terminal, home, flags, async (identity) => {
    const taking = { terminal, home, identity, carrier: incomingCarrier(files) };
    const signers: string[] = [];
    const journals: Log[] = [];
    for (const message of await readMessages(terminal, files)) {
      if (message.envelope.type === 'log') journals.push(await takeJournal(taking, message));
      else signers.push(await takeSigned(taking, message, chosenCeremony(home, flags.ceremony)));
    }
    answer(terminal, flags, { signers, journals: journals.map(journalJson) }, [
      ...(signers.length === 0 ? [] : [`Kept the signature of ${signers.join(', ')}.`]),
      ...journals.map(
        ({ ceremony, lines, transcript }) =>
          `Kept the journal of ${transcript.station} (${ceremonyWords(fromHex(ceremony))}): ${lines} lines, signed by ${transcript.signatures.map(({ name }) => name).join(', ')}.`,
      ),
      ...(journals.length === 0 ? [] : ['They go into an archive with: airlock transcript archive FOLDER']),
    ]);
  });
}

const journalJson = ({ ceremony, from, digest, lines, transcript }: Log) => ({
  ceremony,
  station: transcript.station,
  from: from.name,
  lines,
  signers: transcript.signatures.map(({ name }) => name),
  digest: toHex(digest),
});

/** Keeps a signature over the checkpoint of the ceremony `id`, and returns who made it. */
async function takeSigned(
  { terminal, home, identity, carrier }: Taking,
  message: SignedMessage,
  id: string,
): Promise<string> {
  const paths = home.ceremony(id);
  const record = checkpointJournal(terminal, home, identity, readCheckpoint(paths)?.text ?? null);
  recordCrossing(record, 'in', message, carrier);
  return recordingRefusal(record, message, () =>
    takeSignature(message, paths, fromHex(id), identity, knownKeys(home)),
  );
}

/** Keeps another station's journal. */
async function takeJournal(
  { terminal, home, identity, carrier }: Taking,
  message: SignedMessage,
): Promise<Log> {
  const { envelope } = message;
  const text = envelope.type === 'log' ? envelope.body.checkpoint : null;
  const record = checkpointJournal(terminal, home, identity, text);
  recordCrossing(record, 'in', message, carrier);
  return recordingRefusal(record, message, () => takeLog(home, message, identity, knownKeys(home)));
}
