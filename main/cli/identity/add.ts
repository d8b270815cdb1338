import type { Command } from 'commander';
import { type SignedMessage, verifyMessage } from '../../../shared/message/wire';
import { fingerprintWords } from '../../../shared/words';
import { type Home, HomeError } from '../../store/home';
import { recordCrossing, recordPersonKnown } from '../../store/home-journal';
import type { Identity } from '../../store/identity';
import type { Journal } from '../../store/journal';
import { addPerson, changeOf, type Person } from '../../store/people';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { heardWords } from '../parts/heard-words';
import { homeJournal, recordingRefusal } from '../parts/home-record';
import { incomingCarrier } from '../parts/message-files';
import { readMessages } from '../parts/message-input';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, type HomeFlags, homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { personJson } from './shown-person';

interface AddFlags extends HomeFlags {
  readonly words?: string;
}

/** `airlock identity add`. */
export function defineAdd(command: Command, terminal: Terminal): void {
  withPassphrase(withHome(command))
    .argument(
      '<file...>',
      'identity messages: message file, UR text (- is standard input), picture of a QR code, or a folder of these',
    )
    .option('--words <words>', 'the six words as the person reads them out, instead of being asked')
    .action((files: string[], flags: AddFlags) => add(terminal, files, flags));
}

interface Added {
  readonly person: Person;
  /** What is another than it was, where the key was known already. */
  readonly change: string | null;
}

async function add(terminal: Terminal, files: readonly string[], flags: AddFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const messages = await readMessages(terminal, files);
  if (flags.words !== undefined && messages.length > 1) {
    throw new CliError(
      'ambiguous',
      '--words belongs to one person. Take in several one by one, or without --words.',
    );
  }
  await asPerson(terminal, home, flags, (own) => addAll(terminal, home, messages, files, flags, own));
}

async function addAll(
  terminal: Terminal,
  home: Home,
  messages: readonly SignedMessage[],
  files: readonly string[],
  flags: AddFlags,
  own: Identity,
): Promise<void> {
  const record = homeJournal(terminal, home, own, false);
  const added: Added[] = [];
  for (const message of messages) {
    recordCrossing(record, 'in', message, incomingCarrier(files));
    added.push(await recordingRefusal(record, message, () => takeIn(terminal, home, message, flags, record)));
  }
  if (flags.json) {
    terminal.print(
      valueText(flags, { added: added.map(({ person, change }) => ({ ...personJson(person), change })) }),
    );
  }
}

/** Takes one person in, once their words were compared. `record`: the home's journal. */
async function takeIn(
  terminal: Terminal,
  home: Home,
  message: SignedMessage,
  flags: AddFlags,
  record: Journal,
): Promise<Added> {
  const { envelope } = message;
  if (envelope.type !== 'identity') {
    throw new HomeError(
      'not-an-identity',
      `This is a message of the type “${envelope.type}”. To make a person known, take in their identity message.`,
    );
  }
  // The signature comes first: nobody should compare the words of something forged.
  await verifyMessage(message, []);
  const change = changeOf(home, message);
  if (change !== null) {
    terminal.say(`This key is known here already. Taking it in again changes it: ${change}.\n`);
  }
  await compareWords(terminal, envelope.body, fingerprintWords(envelope.from), flags.words);
  const person = await addPerson(home, message, terminal.now(), (announced) =>
    recordPersonKnown(record, announced),
  );
  if (!flags.json) {
    terminal.print(
      columns([
        ['Known now', `${person.name}, ${person.role}`],
        ['Changed', change ?? undefined],
        ['Words', person.words],
      ]),
    );
  }
  return { person, change };
}

/**
 * Throws `CliError` 'no-answer' where nobody can be asked, and 'not-confirmed' where other words were heard.
 */
async function compareWords(
  terminal: Terminal,
  { name, role }: Pick<Person, 'name' | 'role'>,
  words: string,
  given: string | undefined,
): Promise<void> {
  const heard =
    given ?? (await terminal.ask(`${name}, ${role}, is asked to read out six words. Type them: `));
  if (heard === null) {
    throw new CliError(
      'no-answer',
      `The six words of ${name} must be compared, and nobody can be asked here. Give them as the person reads them out: --words "SIX WORDS".`,
    );
  }
  if (heardWords(heard) === words) return;
  throw new CliError(
    'not-confirmed',
    `The words don't match: this key is not the one that ${name} read out, or a word was misheard. Nobody was taken in. Compare again before you go on.`,
  );
}
