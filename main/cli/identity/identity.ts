import { type Command, Option } from 'commander';
import { version } from '../../../package.json';
import { AirlockError } from '../../../shared/airlock-error';
import { toHex, wipe } from '../../../shared/bytes';
import { roleSchema } from '../../../shared/message/body';
import { type SignedMessage, verifyMessage } from '../../../shared/message/wire';
import { fingerprintWords } from '../../../shared/words';
import { type Home, HomeError } from '../../store/home';
import {
  openHomeJournal,
  recordCrossing,
  recordPersonKnown,
  recordPersonRemoved,
  recordRefusal,
} from '../../store/home-journal';
import {
  createIdentity,
  type Identity,
  identityMessage,
  lockIdentity,
  readIdentity,
} from '../../store/identity';
import type { Journal } from '../../store/journal';
import { addPerson, changeOf, listPeople, type Person, removePerson } from '../../store/people';
import { type Destination, readMessages, writeMessage } from '../files';
import { inwards, outwards } from '../online/session';
import {
  type HomeFlags,
  heardWords,
  homeOf,
  newPassphrase,
  unlock,
  withHome,
  withPassphrase,
} from '../person';
import { columns } from '../table';
import { CliError, type Terminal } from '../terminal';

interface IdentityFlags extends HomeFlags, Destination {
  readonly name?: string;
  readonly role?: string;
  readonly station?: string;
  readonly words?: string;
}

/** `airlock identity`: who this home belongs to, and whom it knows. */
export function registerIdentity(program: Command, terminal: Terminal): void {
  const identity = program
    .command('identity')
    .description('the signing identity of this home, and the people it knows');

  withPassphrase(withHome(identity.command('create')))
    .description('make the signing identity of this home, under a passphrase')
    .requiredOption('--name <name>', 'name of the person')
    .addOption(
      new Option('--role <role>', 'what the person does').choices(roleSchema.options).makeOptionMandatory(),
    )
    .option('--station <label>', 'what this machine is called in transcripts')
    .action((flags: IdentityFlags) => create(terminal, flags));

  withPassphrase(withHome(identity.command('show')))
    .description('show the identity, for others to take in and compare')
    .option('--out <file>', 'write the identity message there, as UR text')
    .option('--qr <dir>', 'write the identity message there, as QR pictures')
    .action((flags: IdentityFlags) => show(terminal, flags));

  withPassphrase(withHome(identity.command('add')))
    .description("take in other people's identities, once their six words were compared")
    .argument(
      '<file...>',
      'identity messages: message file, UR text (- is standard input), picture of a QR code, or a folder of these',
    )
    .option('--words <words>', 'the six words as the person reads them out, instead of being asked')
    .action((files: string[], flags: IdentityFlags) => add(terminal, files, flags));

  withHome(identity.command('list'))
    .description('list the people whom this home knows')
    .action((flags: IdentityFlags) => list(terminal, flags));

  withPassphrase(withHome(identity.command('remove')))
    .description('forget a person')
    .argument('<name>', 'name or fingerprint')
    .action((name: string, flags: IdentityFlags) => remove(terminal, name, flags));
}

async function create(terminal: Terminal, flags: IdentityFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const role = roleSchema.parse(flags.role);
  if (readIdentity(home) !== null) {
    throw new HomeError(
      'identity-exists',
      `The home ${home.dir} has an identity already. One home is one person: use another --home for another.`,
    );
  }
  const secret = await newPassphrase(terminal, flags.passphraseFile);
  const identity = await createIdentity(home, {
    name: flags.name ?? '',
    role,
    station: flags.station,
    passphrase: secret,
    now: terminal.now(),
  }).finally(() => wipe(secret));
  try {
    const record = journal(terminal, flags, identity);
    record.append('key-made', { fingerprint: toHex(identity.fingerprint), algorithm: 'curve25519' });
    // Taken in when this home had no name to keep a journal under.
    for (const person of listPeople(home)) recordPersonKnown(record, person);
  } finally {
    lockIdentity(identity);
  }
  terminal.print(flags.json ? json(shown(identity)) : text(identity));
  terminal.say('Next: airlock identity show --out FILE (or --qr DIR), for the others to take in.\n');
}

async function show(terminal: Terminal, flags: IdentityFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  if (flags.out === undefined && flags.qr === undefined && flags.passphraseFile === undefined) {
    const identity = readIdentity(home);
    if (identity === null) {
      throw new HomeError(
        'identity-missing',
        `There is no identity in ${home.dir} yet. Make one: airlock identity create --name NAME --role ROLE`,
      );
    }
    terminal.print(flags.json ? json({ ...shown(identity), message: null }) : text(identity));
    return;
  }
  const identity = await unlock(terminal, home, flags);
  try {
    const message = await identityMessage(identity, terminal.now());
    recordCrossing(journal(terminal, flags, identity), 'out', message, outwards(flags));
    const written = writeMessage(message, flags, identity.name);
    if (flags.json) {
      terminal.print(
        json({
          ...shown(identity),
          message: { digest: toHex(message.digest), ur: written.ur, files: written.files },
        }),
      );
      return;
    }
    const places = written.files.map((file, i): [string, string] => [i === 0 ? 'Written' : '', file]);
    terminal.print(columns([...rows(identity), ...places]));
    if (places.length === 0) terminal.print(`\n${written.ur}\n`);
    terminal.say('Let the others take it in, and read them the six words.\n');
  } finally {
    lockIdentity(identity);
  }
}

async function add(terminal: Terminal, files: readonly string[], flags: IdentityFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const messages = await readMessages(terminal, files);
  if (flags.words !== undefined && messages.length > 1) {
    throw new CliError(
      'ambiguous',
      '--words belongs to one person. Take in several one by one, or without --words.',
    );
  }
  await asOwner(terminal, home, flags, (own) => addAll(terminal, home, messages, files, flags, own));
}

async function addAll(
  terminal: Terminal,
  home: Home,
  messages: readonly SignedMessage[],
  files: readonly string[],
  flags: IdentityFlags,
  own: Identity | null,
): Promise<void> {
  const record = own === null ? null : journal(terminal, flags, own);
  const added: Added[] = [];
  for (const message of messages) {
    if (record !== null) recordCrossing(record, 'in', message, inwards({ message: [...files] }));
    try {
      added.push(await takeIn(terminal, home, message, flags, record));
    } catch (error) {
      if (record !== null && error instanceof AirlockError) recordRefusal(record, message, error);
      throw error;
    }
  }
  if (flags.json) {
    terminal.print(json({ added: added.map(({ person, change }) => ({ ...shownPerson(person), change })) }));
  }
}

interface Added {
  readonly person: Person;
  readonly change: string | null;
}

/** Takes one person in, once their words were compared. `record`: the home's journal, where it has one. */
async function takeIn(
  terminal: Terminal,
  home: Home,
  message: SignedMessage,
  flags: IdentityFlags,
  record: Journal | null,
): Promise<Added> {
  const { envelope } = message;
  if (envelope.type !== 'identity') {
    throw new HomeError(
      'not-an-identity',
      `This is a message of the type “${envelope.type}”. To make a person known, take in their identity message.`,
    );
  }
  // The signature first: nobody should compare the words of something forged.
  await verifyMessage(message, []);
  const change = changeOf(home, message);
  if (change !== null) {
    terminal.say(`This key is known here already. Taking it in again changes it: ${change}.\n`);
  }
  await compareWords(terminal, envelope.body, fingerprintWords(envelope.from), flags.words);
  const person = await addPerson(home, message, terminal.now(), (announced) => {
    if (record !== null) recordPersonKnown(record, announced);
  });
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

/** Throws `CliError` 'no-answer', or 'not-confirmed' where other words were heard. */
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

function list(terminal: Terminal, flags: IdentityFlags): void {
  const people = listPeople(homeOf(terminal, flags));
  if (flags.json) {
    terminal.print(json({ people: people.map(shownPerson) }));
    return;
  }
  if (people.length === 0) {
    terminal.say("Nobody is known here yet. Take in the others' identities: airlock identity add FILE\n");
    return;
  }
  const width = Math.max(...people.map(({ name }) => name.length));
  for (const { name, role, words } of people)
    terminal.print(`  ${name.padEnd(width)}  ${role.padEnd(9)}  ${words}\n`);
}

/** Does something with the home unlocked; `own`: null in a home that has no identity, and so nothing to unlock. */
async function asOwner(
  terminal: Terminal,
  home: Home,
  flags: IdentityFlags,
  work: (own: Identity | null) => Promise<void> | void,
): Promise<void> {
  if (readIdentity(home) === null) {
    await work(null);
    return;
  }
  const own = await unlock(terminal, home, flags);
  try {
    await work(own);
  } finally {
    lockIdentity(own);
  }
}

const remove = (terminal: Terminal, name: string, flags: IdentityFlags): Promise<void> => {
  const home = homeOf(terminal, flags);
  return asOwner(terminal, home, flags, (own) => removeFrom(terminal, home, name, flags, own));
};

function removeFrom(
  terminal: Terminal,
  home: Home,
  name: string,
  flags: IdentityFlags,
  own: Identity | null,
): void {
  const person = removePerson(home, name, (announced) => {
    if (own !== null) recordPersonRemoved(journal(terminal, flags, own), announced);
  });
  terminal.print(
    flags.json
      ? json({ removed: shownPerson(person) })
      : columns([['Forgotten', `${person.name}, ${person.role}`]]),
  );
}

const journal = (terminal: Terminal, flags: HomeFlags, identity: Identity) =>
  openHomeJournal(homeOf(terminal, flags), {
    identity,
    clock: () => terminal.now(),
    rehearsal: false,
    program: 'airlock',
    version,
  });

const shown = ({ name, role, station, fingerprint, createdAt }: Identity) => ({
  name,
  role,
  station,
  fingerprint: toHex(fingerprint),
  words: fingerprintWords(fingerprint),
  createdAt,
});

const shownPerson = (person: Person) => ({
  name: person.name,
  role: person.role,
  fingerprint: toHex(person.fingerprint),
  words: person.words,
  addedAt: person.addedAt,
});

const rows = (identity: Identity): [string, string][] => [
  ['Name', identity.name],
  ['Role', identity.role],
  ['Station', identity.station],
  ['Fingerprint', toHex(identity.fingerprint).toUpperCase()],
  ['Words', fingerprintWords(identity.fingerprint)],
];

const text = (identity: Identity): string => columns(rows(identity));

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;
