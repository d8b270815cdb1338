import type { Command } from 'commander';
import { fromHex, toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import type { EventData } from '../../../shared/transcript/event';
import { parseJournal } from '../../../shared/transcript/journal-line';
import { ceremonyWords } from '../../../shared/words';
import { follow } from '../../store/following';
import type { Home } from '../../store/home';
import { openCeremonyJournal, recordCrossing } from '../../store/home-journal';
import type { UnlockedIdentity } from '../../store/identity';
import { takeStatement } from '../../store/kept-statement';
import type { Log } from '../../store/log';
import { knownKeys } from '../../store/people';
import { readSealedJournal } from '../../store/seal/sealed-file';
import { readCheckpoint } from '../../store/sign-off';
import { takeSignature, WitnessingError } from '../../store/witnessing';
import { version } from '../../version';
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
      "others' signatures, what witnesses signed, and other stations' journals: message files, UR text, pictures of QR codes, or a folder of these",
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
    const journals: TakenJournal[] = [];
    const witnessed: EventData<'witnessed'>[] = [];
    for (const message of await readMessages(terminal, files)) {
      const { type } = message.envelope;
      if (type === 'log') journals.push(await takeJournal(taking, message));
      else if (type === 'witness')
        witnessed.push(await keepStatement(taking, message, chosenCeremony(home, flags.ceremony)));
      else signers.push(await takeSigned(taking, message, chosenCeremony(home, flags.ceremony)));
    }
    const closed = journals.some(({ log }) => !log.isLive);
    const live = journals.some(({ log }) => log.isLive);
    answer(terminal, flags, { signers, journals: journals.map(journalJson), witnessed }, [
      ...(signers.length === 0 ? [] : [`Kept the signature of ${signers.join(', ')}.`]),
      ...witnessed.map(
        ({ name, lines, station, deviations }) =>
          `Kept: ${name} witnessed the first ${lines} lines of ${station}, and noted ${deviations.length === 1 ? 'one deviation' : `${deviations.length} deviations`}.`,
      ),
      ...journals.map(
        ({ log: { ceremony, lines, isLive, transcript }, before }) =>
          `Kept the journal of ${transcript.station} (${ceremonyWords(fromHex(ceremony))})${isLive ? ' so far' : ''}: ${lines} lines, ${before === 0 ? '' : `${Math.max(0, lines - before)} new, `}signed by ${transcript.signatures.map(({ name }) => name).join(', ')}.`,
      ),
      ...(closed ? ['They go into an archive with: airlock transcript archive FOLDER'] : []),
      ...(live ? ['What is on record there, in words: airlock transcript followed'] : []),
    ]);
  });
}

/** `before`: how many of its lines were known. */
interface TakenJournal {
  readonly log: Log;
  readonly before: number;
}

const journalJson = ({
  log: { ceremony, from, digest, lines, isLive, transcript },
  before,
}: TakenJournal) => ({
  ceremony,
  station: transcript.station,
  from: from.name,
  lines,
  before,
  closed: !isLive,
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

/** Keeps what a witness signed in the journal of the ceremony `id`. Throws as `takeStatement` does. */
async function keepStatement(
  { terminal, home, identity, carrier }: Taking,
  message: SignedMessage,
  id: string,
): Promise<EventData<'witnessed'>> {
  const paths = home.ceremony(id);
  if (readCheckpoint(paths) !== null)
    throw new WitnessingError(
      'closed',
      'This transcript is closed, so nothing more is kept in it. Have the witness sign its checkpoint.',
    );
  const written = readSealedJournal(paths.journal);
  const rehearsal = written !== null && parseJournal(written)[0]?.line.rehearsal === true;
  const clock = () => terminal.now();
  const journal = openCeremonyJournal(home, id, { identity, clock, rehearsal, program: 'airlock', version });
  const keeper = { home, identity, ceremony: fromHex(id), journal };
  const kept = await recordingRefusal(journal, message, () => takeStatement(keeper, message, carrier));
  if (kept !== null) return kept;
  const digest = toHex(message.digest);
  const before = journal.entries().find(({ event, data }) => event === 'witnessed' && data.digest === digest);
  if (before?.event !== 'witnessed') throw new Error('a statement that is kept is in no line');
  return before.data;
}

/** Keeps another station's journal, closed or so far. */
async function takeJournal(
  { terminal, home, identity, carrier }: Taking,
  message: SignedMessage,
): Promise<TakenJournal> {
  const { envelope } = message;
  const text = envelope.type === 'log' ? envelope.body.checkpoint : null;
  const record = checkpointJournal(terminal, home, identity, text);
  recordCrossing(record, 'in', message, carrier);
  const following = { home, identity, known: knownKeys(home), journal: record };
  return recordingRefusal(record, message, () => follow(following, message));
}
