import { type Command, Option } from 'commander';
import { version } from '../../package.json';
import { toHex } from '../../shared/bytes';
import { roleSchema } from '../../shared/message/body';
import { verifyMessage } from '../../shared/message/wire';
import { fingerprintWords } from '../../shared/words';
import { HomeError } from '../store/home';
import { openHomeJournal } from '../store/home-journal';
import {
  createIdentity,
  type Identity,
  identityMessage,
  lockIdentity,
  MINIMUM_PASSPHRASE,
  readIdentity,
} from '../store/identity';
import { addPerson, listPeople, removePerson } from '../store/people';
import { type Destination, readMessages, writeMessage } from './files';
import { columns } from './lines';
import { type HomeFlags, homeOf, passphrase, unlock, withHome, withPassphrase } from './person';
import { CliError, type Terminal } from './terminal';

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

  withHome(identity.command('add'))
    .description("take in other people's identities, once their six words were compared")
    .argument(
      '<file...>',
      'identity messages: message file, UR text (- is standard input), or picture of a QR code',
    )
    .option('--words <words>', 'the six words as the person reads them out, instead of being asked')
    .action((files: string[], flags: IdentityFlags) => add(terminal, files, flags));

  withHome(identity.command('list'))
    .description('list the people whom this home knows')
    .action((flags: IdentityFlags) => list(terminal, flags));

  withHome(identity.command('remove'))
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
  const secret = await passphrase(
    terminal,
    flags.passphraseFile,
    `New passphrase (${MINIMUM_PASSPHRASE} characters or more): `,
  );
  if (flags.passphraseFile === undefined && (await terminal.askSecret('The same again: ')) !== secret) {
    throw new CliError('not-confirmed', 'The two passphrases differ, so no identity was made. Try again.');
  }
  const identity = await createIdentity(home, {
    name: flags.name ?? '',
    role,
    station: flags.station,
    passphrase: secret,
    now: terminal.now(),
  });
  lockIdentity(identity);
  journal(terminal, flags, identity).append('key-made', {
    fingerprint: toHex(identity.fingerprint),
    algorithm: 'curve25519',
  });
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
    const written = writeMessage(message, flags, identity.name);
    journal(terminal, flags, identity).append('message-sent', {
      type: 'identity',
      digest: toHex(message.digest),
      carrier: flags.qr !== undefined ? 'qr' : flags.out !== undefined ? 'file' : 'paste',
    });
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
  const own = readIdentity(home);
  const added = [];
  for (const message of messages) {
    const { envelope } = message;
    if (envelope.type !== 'identity') {
      throw new HomeError(
        'not-an-identity',
        `This is a message of the type “${envelope.type}”. To make a person known, take in their identity message.`,
      );
    }
    // The signature first: nobody should compare the words of something forged.
    await verifyMessage(message, []);
    const words = fingerprintWords(envelope.from);
    const heard =
      flags.words ??
      (await terminal.ask(
        `${envelope.body.name}, ${envelope.body.role}, is asked to read out six words. Type them: `,
      ));
    if (heard === null) {
      throw new CliError(
        'no-answer',
        `The six words of ${envelope.body.name} must be compared, and nobody can be asked here. Give them as the person reads them out: --words "SIX WORDS".`,
      );
    }
    if (
      heard
        .trim()
        .toLowerCase()
        .split(/[\s,-]+/)
        .join(' ') !== words
    ) {
      throw new CliError(
        'not-confirmed',
        `The words don't match: this key is not the one that ${envelope.body.name} read out, or a word was misheard. Nobody was taken in. Compare again before you go on.`,
      );
    }
    const person = await addPerson(home, message, terminal.now());
    if (own !== null) {
      const record = journal(terminal, flags, own);
      record.append('message-received', {
        type: 'identity',
        digest: toHex(message.digest),
        from: toHex(envelope.from),
        carrier: 'file',
      });
      record.append('words-compared', { what: `identity of ${person.name}`.slice(0, 120), words });
    }
    added.push(person);
    if (!flags.json)
      terminal.print(
        columns([
          ['Known now', `${person.name}, ${person.role}`],
          ['Words', person.words],
        ]),
      );
  }
  if (flags.json) terminal.print(json({ added: added.map(shownPerson) }));
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

function remove(terminal: Terminal, name: string, flags: IdentityFlags): void {
  const person = removePerson(homeOf(terminal, flags), name);
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

const shownPerson = (person: ReturnType<typeof listPeople>[number]) => ({
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
