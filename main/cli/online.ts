import type { Command } from 'commander';
import { fromHex, toHex, wipe } from '../../shared/bytes';
import type { SignedMessage } from '../../shared/message/wire';
import { ceremonyWords, digestWords, nonceWords } from '../../shared/words';
import { OnlineError } from '../online/online-error';
import { OnlineStation } from '../online/online-station';
import { serverOptionsFromEnv } from '../online/server-environment';
import type { ServerFacts } from '../online/server-facts';
import type { AttemptResult } from '../online/start-attempt';
import type { Carrier } from '../online/station-context';
import type { SubmitResult } from '../online/submit-share';
import type { Home } from '../store/home';
import { HomeError } from '../store/home';
import { type Identity, lockIdentity, readIdentity } from '../store/identity';
import { type Destination, readMessages, readOneMessage, writeMessage } from './files';
import { columns, counted } from './lines';
import {
  ceremonyNamed,
  type HomeFlags,
  homeOf,
  secretBytes,
  secretLine,
  unlock,
  withHome,
  withPassphrase,
} from './person';
import { CliError, type Terminal } from './terminal';

interface OnlineFlags extends HomeFlags, Destination {
  readonly server?: string;
  readonly pin?: string;
  readonly serverTokenFile?: string;
  readonly message?: string[];
  readonly ceremony?: string;
  readonly nonce?: string;
  readonly rehearsal?: boolean;
  readonly accessor?: string;
  readonly tokenFile?: string;
}

const withServer = (command: Command): Command =>
  command
    .option('--server <url>', 'address of the server (default: VAULT_ADDR or BAO_ADDR)')
    .option('--pin <sha256>', "SHA-256 of the server's certificate; any other is refused")
    .option(
      '--server-token-file <file>',
      'token for servers that want one (default: VAULT_TOKEN or BAO_TOKEN); - is standard input',
    );

const withOutput = (command: Command): Command =>
  command
    .option('--out <file>', 'write the outgoing message there, as UR text')
    .option('--qr <dir>', 'write the outgoing message there, as QR pictures');

const withMessages = (command: Command, what: string): Command =>
  command.option(
    '--message <file...>',
    `${what}: message file, UR text (- is standard input), or picture of a QR code`,
  );

/** `airlock online`: the one station that talks to the server. */
export function registerOnline(program: Command, terminal: Terminal): void {
  const online = program
    .command('online')
    .description('the online station: the only step that talks to the server');

  withOutput(withServer(withPassphrase(withHome(online.command('status')))))
    .description("show what the server says, and write the station message for the officer's laptop")
    .option('--rehearsal', 'mark the ceremony to come as a rehearsal')
    .action((flags: OnlineFlags) => status(terminal, flags));

  withMessages(
    withOutput(withServer(withPassphrase(withHome(online.command('start'))))),
    "the officer's start message",
  )
    .description("begin the attempt that the officer's start message asks for, and write the attempt message")
    .action((flags: OnlineFlags) => open(terminal, flags, 'start'));

  withMessages(
    withOutput(withServer(withPassphrase(withHome(online.command('join'))))),
    "the officer's start message, or the other station's attempt message",
  )
    .description(
      'take part in an attempt that another station began, and write an attempt message of this one',
    )
    .action((flags: OnlineFlags) => open(terminal, flags, 'join'));

  withMessages(
    withOutput(withServer(withPassphrase(withHome(online.command('submit'))))),
    "custodians' share messages",
  )
    .description('give share messages to the server; at the last one, write the result message')
    .option('--ceremony <words>', 'which ceremony, without a message: its two words or its id')
    .action((flags: OnlineFlags) => submit(terminal, flags));

  withServer(withHome(online.command('cancel')))
    .description('cancel the attempt, and see that it is gone')
    .option('--ceremony <words>', 'which ceremony: its two words or its id')
    .option('--nonce <nonce>', "cancel this attempt, even if it isn't ours")
    .action((flags: OnlineFlags) => cancel(terminal, flags));

  withServer(withHome(online.command('revoke')))
    .description('revoke a token, and see that the server no longer knows it')
    .option('--accessor <accessor>', "the token's accessor; needs a server token that may revoke")
    .option('--token-file <file>', 'the token itself; - is standard input')
    .option('--ceremony <words>', 'in whose transcript: its two words or its id')
    .action((flags: OnlineFlags) => revoke(terminal, flags));
}

async function status(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const known = readIdentity(home);
  const wanted = flags.out !== undefined || flags.qr !== undefined || flags.passphraseFile !== undefined;
  if (!wanted || known === null) {
    if (wanted) await unlock(terminal, home, flags);
    const facts = await (await stationOf(terminal, flags, home, known ?? nobody(terminal))).facts();
    terminal.print(flags.json ? json({ ...factsJson(facts), message: null }) : factsText(facts));
    if (!flags.json && known !== null) {
      terminal.say("To write the station message for the officer's laptop, add --out FILE or --qr DIR.\n");
    }
    return;
  }
  await withStation(terminal, flags, home, async (station, identity) => {
    const { facts, message } = await station.status({ carrier: outwards(flags) });
    const written = writeMessage(message, flags, identity.station);
    if (flags.json) {
      terminal.print(json({ ...factsJson(facts), ...messageJson(message, written) }));
      return;
    }
    terminal.print(factsText(facts));
    announce(
      terminal,
      message,
      written,
      "Show it to the officer's laptop. Its key lives for 12 hours, until ".concat(
        message.envelope.body.station.expiresAt.slice(0, 16).replace('T', ' '),
        ' UTC.',
      ),
      flags,
    );
  });
}

async function open(terminal: Terminal, flags: OnlineFlags, how: 'start' | 'join'): Promise<void> {
  const home = homeOf(terminal, flags);
  const message = await readOneMessage(terminal, flags.message ?? []);
  await withStation(terminal, flags, home, async (station, identity) => {
    const carrier = inwards(flags);
    const result =
      how === 'start' ? await station.start(message, { carrier }) : await station.join(message, { carrier });
    const written = writeMessage(result.message, flags, identity.station);
    if (flags.json) {
      terminal.print(json({ ...attemptJson(result), ...messageJson(result.message, written) }));
      return;
    }
    terminal.print(
      columns([
        ['Ceremony', ceremonyWords(fromHex(result.ceremony))],
        ['Attempt', `${nonceWords(result.nonce)}  (${result.nonce})`],
        ['Progress', `${result.progress} of ${counted(result.required, 'share')}`],
        [
          'Token for',
          result.pgpFingerprint === ''
            ? 'the holder of the one-time password'
            : `PGP key ${result.pgpFingerprint}`,
        ],
      ]),
    );
    announce(
      terminal,
      result.message,
      written,
      'Show it to every custodian who gives a share here, and to the officer.',
      flags,
    );
  });
}

async function submit(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const messages = flags.message === undefined ? [] : await readMessages(terminal, flags.message);
  const named = ceremonyNamed(home, flags.ceremony);
  await withStation(terminal, flags, home, async (station, identity) => {
    let last: SubmitResult | null = null;
    for (const message of messages) {
      last = await station.submit(message, { carrier: inwards(flags) });
      if (!flags.json) terminal.print(progressText(last));
      if (last.result !== null) break;
    }
    const result = last === null ? await station.result(named) : last.result;
    if (last === null && result === null) {
      throw new OnlineError(
        'no-attempt',
        'No result yet: the attempt is still open. Give the next share message with --message FILE.',
      );
    }
    const written = result === null ? null : writeMessage(result, flags, identity.station);
    if (flags.json) {
      terminal.print(
        json({
          ...(last === null ? {} : progressJson(last)),
          complete: result !== null,
          ...(result === null || written === null
            ? { message: null }
            : { encodedToken: result.envelope.body.encodedToken, ...messageJson(result, written) }),
        }),
      );
      return;
    }
    if (result !== null && written !== null) {
      terminal.print(columns([['Encoded token', result.envelope.body.encodedToken]]));
      announce(
        terminal,
        result,
        written,
        "The attempt is finished. Show it to the officer's laptop, which decodes the token.",
        flags,
      );
    }
  });
}

async function cancel(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  const identity = requireIdentity(home);
  const ceremony = ceremonyNamed(home, flags.ceremony);
  const station = await stationOf(terminal, flags, home, identity);
  const { nonce } = await station.cancel({ ceremony, nonce: flags.nonce });
  terminal.print(
    flags.json
      ? json({ cancelled: true, nonce })
      : columns([
          ['Cancelled', `${nonceWords(nonce)}  (${nonce})`],
          ['Seen', 'the server has no such attempt any more'],
        ]),
  );
}

async function revoke(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  if ((flags.accessor === undefined) === (flags.tokenFile === undefined)) {
    throw new CliError(
      'usage',
      'Name the token to revoke in one way: --accessor ACCESSOR, or --token-file FILE (- is standard input).',
    );
  }
  const home = homeOf(terminal, flags);
  const identity = requireIdentity(home);
  const ceremony = ceremonyNamed(home, flags.ceremony);
  const station = await stationOf(terminal, flags, home, identity);
  const token =
    flags.tokenFile === undefined ? undefined : await secretBytes(terminal, flags.tokenFile, 'token');
  try {
    const revoked = await station.revoke(
      token === undefined ? { accessor: flags.accessor ?? '' } : { token },
      { ceremony },
    );
    terminal.print(
      flags.json
        ? json({
            revoked: true,
            accessor: revoked.accessor,
            by: revoked.by,
            policies: revoked.policies,
            proof: revoked.proof,
          })
        : columns([
            ['Revoked', `by ${revoked.by === 'token' ? 'the token itself' : 'accessor'}`],
            ['Accessor', revoked.accessor],
            ['Policies', revoked.policies.join(', ')],
            ['Proof', revoked.proof],
          ]),
    );
  } finally {
    wipe(token);
  }
}

async function withStation(
  terminal: Terminal,
  flags: OnlineFlags,
  home: Home,
  work: (station: OnlineStation, identity: Identity) => Promise<void>,
): Promise<void> {
  refuseTwoReaders(flags);
  const identity = await unlock(terminal, home, flags);
  try {
    await work(await stationOf(terminal, flags, home, identity), identity);
  } finally {
    lockIdentity(identity);
  }
}

async function stationOf(
  terminal: Terminal,
  flags: OnlineFlags,
  home: Home,
  identity: Identity,
): Promise<OnlineStation> {
  const token =
    flags.serverTokenFile === undefined
      ? undefined
      : await secretLine(terminal, flags.serverTokenFile, 'token');
  const server = serverOptionsFromEnv(terminal.env, {
    server: flags.server,
    pin: flags.pin,
    token: token?.trim(),
  });
  return new OnlineStation({
    home,
    identity,
    server,
    clock: () => terminal.now(),
    rehearsal: flags.rehearsal,
  });
}

function refuseTwoReaders(flags: OnlineFlags): void {
  const readers = [flags.passphraseFile, flags.serverTokenFile, flags.tokenFile, ...(flags.message ?? [])];
  if (readers.filter((path) => path === '-').length > 1) {
    throw new CliError('stdin-twice', 'Standard input (-) can be read only once. Give the other by file.');
  }
}

function requireIdentity(home: Home): Identity {
  const identity = readIdentity(home);
  if (identity !== null) return identity;
  throw new HomeError(
    'identity-missing',
    `There is no identity in ${home.dir} yet, so nothing could be put on record. Make one: airlock identity create --name NAME --role operator`,
  );
}

/** For reading what a server says, before anybody has an identity: nothing is signed or recorded. */
const nobody = (terminal: Terminal): Identity => ({
  name: 'nobody',
  role: 'operator',
  station: 'unnamed',
  fingerprint: new Uint8Array(20),
  publicKey: new Uint8Array(),
  createdAt: terminal.now().toISOString(),
});

const outwards = (flags: OnlineFlags): Carrier =>
  flags.qr !== undefined ? 'qr' : flags.out !== undefined ? 'file' : 'paste';
const inwards = (flags: OnlineFlags): Carrier =>
  (flags.message ?? []).some((path) => /\.(png|jpe?g|gif|webp|bmp)$/i.test(path))
    ? 'qr'
    : (flags.message ?? []).includes('-')
      ? 'stdin'
      : 'file';

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;

function factsText(facts: ServerFacts): string {
  const { server, attempt } = facts;
  return columns([
    ['Server', `${server.address}${facts.standby ? '  (standby; passes requests on)' : ''}`],
    ['Version', server.version],
    ['Cluster', [server.clusterName, server.clusterId].filter((text) => text !== '').join('  ')],
    ['Shares', `${facts.threshold} of ${facts.shares} make a quorum`],
    ['OTP length', facts.otpLength === 0 ? 'none named: a server of the UUID era' : facts.otpLength],
    ["Server's clock", facts.serverTime.toISOString().slice(0, 19).replace('T', ' ').concat(' UTC')],
    ['Way to a token', `${facts.dialect}${facts.tokenNeeded ? ' (with a server token)' : ''}`],
    [
      'Attempt',
      attempt.open
        ? `open: ${nonceWords(attempt.nonce)}  (${attempt.nonce}), ${attempt.progress} of ${attempt.required}`
        : 'none open',
    ],
  ]);
}

const factsJson = (facts: ServerFacts) => ({
  server: facts.server,
  standby: facts.standby,
  threshold: facts.threshold,
  shares: facts.shares,
  otpLength: facts.otpLength,
  serverTime: facts.serverTime.toISOString(),
  dialect: facts.dialect,
  tokenNeeded: facts.tokenNeeded,
  attempt: facts.attempt.open
    ? {
        nonce: facts.attempt.nonce,
        words: nonceWords(facts.attempt.nonce),
        progress: facts.attempt.progress,
        required: facts.attempt.required,
        pgpFingerprint: facts.attempt.pgpFingerprint,
      }
    : null,
});

const attemptJson = (result: AttemptResult) => ({
  ceremony: result.ceremony,
  words: ceremonyWords(fromHex(result.ceremony)),
  nonce: result.nonce,
  nonceWords: nonceWords(result.nonce),
  required: result.required,
  progress: result.progress,
  otpLength: result.otpLength,
  pgpFingerprint: result.pgpFingerprint,
});

const progressJson = (result: SubmitResult) => ({
  ceremony: result.ceremony,
  nonce: result.nonce,
  progress: result.progress,
  required: result.required,
  sharesSeenHere: result.sharesSeenHere,
});

const progressText = (result: SubmitResult): string =>
  columns([
    ['Share taken', `${result.progress} of ${result.required}`],
    [
      'Seen here',
      `${counted(result.sharesSeenHere, 'share')} of this attempt, in the clear${result.sharesSeenHere >= result.required ? ': a whole quorum. Whoever controls this machine could rebuild the root key' : ''}`,
    ],
  ]);

const messageJson = (message: SignedMessage, written: ReturnType<typeof writeMessage>) => ({
  message: {
    type: message.envelope.type,
    digest: toHex(message.digest),
    words: digestWords(message.digest),
    ur: written.ur,
    files: written.files,
  },
});

/** Says what was written; without a place to write to, the message itself goes to standard output. */
function announce(
  terminal: Terminal,
  message: SignedMessage,
  written: ReturnType<typeof writeMessage>,
  next: string,
  flags: Destination,
): void {
  terminal.print(
    columns([
      ['Message', `${message.envelope.type} · ${digestWords(message.digest)}`],
      ...written.files.map((file, i): [string, string] => [i === 0 ? 'Written' : '', file]),
    ]),
  );
  terminal.say(`${next}\n`);
  if (flags.out === undefined && flags.qr === undefined) terminal.print(`\n${written.ur}\n`);
}
