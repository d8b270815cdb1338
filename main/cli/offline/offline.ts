import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { asciiText, type RandomSource, toHex, wipe } from '../../../shared/bytes';
import { lockPrivateKey, makeKeyPair } from '../../../shared/openpgp/key-pair';
import { parsePublicKey } from '../../../shared/openpgp/public-key';
import { enteredShare } from '../../../shared/share/entered-share';
import { openPgpShare } from '../../../shared/share/pgp-share';
import { type Share, shareText } from '../../../shared/share/share';
import { generateOtp } from '../../../shared/token/otp';
import { fingerprintWords } from '../../../shared/words';
import { makeFolders } from '../../store/folder';
import { reasonOf } from '../../store/store-error';
import { readInput } from '../files';
import { refuseExisting, writeNewFiles } from '../new-files';
import { newPassphrase, passphrase } from '../person';
import { columns } from '../table';
import { CliError, type Terminal } from '../terminal';
import { decode } from './decode';
import { number, type OfflineFlags, refuseTwoReaders } from './flags';

const random: RandomSource = (length) => new Uint8Array(randomBytes(length));

/** `airlock offline`: single steps of the air-gapped side, for teams that use them one by one. */
export function registerOffline(program: Command, terminal: Terminal): void {
  const offline = program
    .command('offline')
    .description('single steps of the air-gapped side; nothing here opens a connection');
  const passphraseFile = [
    '--passphrase-file <file>',
    'file with the passphrase of the key; - is standard input',
  ] as const;

  offline
    .command('otp')
    .description('make a one-time password')
    .option('--length <number>', "the server's otp_length; 0 for a server that names none", '28')
    .option('--out <file>', 'write it there instead of showing it')
    .option('--json', 'one JSON object on standard output')
    .action((flags: OfflineFlags) => otp(terminal, flags));

  offline
    .command('keygen')
    .description(
      'make a PGP key for one ceremony: public half for the server, private half under a passphrase',
    )
    .requiredOption('--out <dir>', 'folder for public.asc, public.b64 and private.asc')
    .option('--name <name>', "name in the key's User ID", 'Airlock ceremony')
    .addOption(
      new Option('--algorithm <algorithm>', 'kind of key')
        .choices(['curve25519', 'rsa3072', 'rsa4096'])
        .default('curve25519'),
    )
    .option(...passphraseFile)
    .option('--json', 'one JSON object on standard output')
    .action((flags: OfflineFlags) => keygen(terminal, flags));

  offline
    .command('share')
    .description(
      'check a key share (hex, base64 or the groups of a share card), or open one that was encrypted to a PGP key',
    )
    .argument('<file>', 'file with the share; - is standard input')
    .option('--threshold <number>', 'how many shares make a quorum')
    .option('--key-file <file>', 'private key that the share was encrypted to')
    .option(...passphraseFile)
    .option('--show', 'print the share itself, in hex: a secret')
    .option('--json', 'one JSON object on standard output')
    .action((file: string, flags: OfflineFlags) => share(terminal, file, flags));

  offline
    .command('decode')
    .description('decode an encoded token; prints the token alone')
    .requiredOption('--encoded-token <text>', "the server's answer to the last share")
    .option('--otp-file <file>', 'file with the one-time password; - is standard input')
    .option('--otp-length <number>', "the server's otp_length, if it is known")
    .option('--key-file <file>', 'file with the private key; - is standard input')
    .option(...passphraseFile)
    .option('--json', 'one JSON object on standard output')
    .action((flags: OfflineFlags) => decode(terminal, flags));
}

function otp(terminal: Terminal, flags: OfflineFlags): void {
  const made = generateOtp(number(flags.length ?? '', '--length', 0, 255), random);
  try {
    const characters = asciiText(made.characters);
    if (flags.out !== undefined) writeNewFiles([[flags.out, `${characters}\n`]]);
    const where = flags.out === undefined ? { otp: characters } : { file: flags.out };
    if (flags.json) terminal.print(`${JSON.stringify({ otpLength: made.otpLength, ...where })}\n`);
    else terminal.print(flags.out === undefined ? `${characters}\n` : columns([['Written', flags.out]]));
    terminal.say(
      'A secret: with it and the encoded token, anyone has the root token. It serves for one attempt only.\n',
    );
  } finally {
    wipe(made.characters);
  }
}

async function keygen(terminal: Terminal, flags: OfflineFlags): Promise<void> {
  const dir = flags.out ?? '';
  const files = {
    publicKey: join(dir, 'public.asc'),
    base64: join(dir, 'public.b64'),
    privateKey: join(dir, 'private.asc'),
  };
  refuseExisting([files.privateKey, files.publicKey, files.base64]);
  const secret = await newPassphrase(terminal, flags.passphraseFile);
  const pair = await makeKeyPair({
    name: flags.name ?? 'Airlock ceremony',
    algorithm: flags.algorithm ?? 'curve25519',
    now: terminal.now(),
    use: 'encrypt',
  });
  try {
    const { armored } = await parsePublicKey(pair.publicKey);
    const locked = await lockPrivateKey(pair.privateKey, secret).finally(() => wipe(secret));
    try {
      makeFolders(dir, 0o700);
    } catch (error) {
      throw new CliError(
        'unwritable-file',
        `The folder ${dir} can't be made (${reasonOf(error)}). Choose another --out.`,
      );
    }
    writeNewFiles([
      [files.privateKey, locked],
      [files.publicKey, armored],
      [files.base64, `${Buffer.from(pair.publicKey).toString('base64')}\n`],
    ]);
    const fingerprint = toHex(pair.fingerprint);
    terminal.print(
      flags.json
        ? `${JSON.stringify({ fingerprint, words: fingerprintWords(pair.fingerprint), files })}\n`
        : columns([
            ['Fingerprint', fingerprint],
            ['Words', fingerprintWords(pair.fingerprint)],
            ['Public', `${files.publicKey}, and for the server's pgp_key field ${files.base64}`],
            ['Private', `${files.privateKey}, under the passphrase: it stays on this machine`],
          ]),
    );
  } finally {
    wipe(pair.privateKey);
  }
}

const writtenAs = { hex: 'in hex', base64: 'in base64', card: 'as a share card' } as const;

async function share(terminal: Terminal, file: string, flags: OfflineFlags): Promise<void> {
  refuseTwoReaders([file, flags.keyFile, flags.passphraseFile]);
  const bytes = await readInput(terminal, file);
  let opened: Share | undefined;
  try {
    const threshold =
      flags.threshold === undefined ? undefined : number(flags.threshold, '--threshold', 1, 255);
    opened =
      flags.keyFile === undefined
        ? enteredShare(textOf(bytes, file), threshold)
        : await openPgpShare(
            shareMessageOf(bytes),
            new TextDecoder().decode(await readInput(terminal, flags.keyFile)),
            await passphrase(terminal, flags.passphraseFile, 'Passphrase of the key: '),
            threshold,
          );
    const facts = { bytes: opened.bytes.length, encoding: opened.encoding, x: opened.x };
    if (flags.json) {
      terminal.print(
        `${JSON.stringify({ ...facts, ...(flags.show ? { share: shareText(opened) } : {}) })}\n`,
      );
      return;
    }
    if (flags.show) {
      terminal.print(`${shareText(opened)}\n`);
      terminal.say('A secret: this is the share itself.\n');
      return;
    }
    terminal.print(
      columns([
        [
          'Share',
          `${facts.bytes} bytes, written ${flags.keyFile === undefined ? writtenAs[facts.encoding] : 'in hex, inside the PGP message'}`,
        ],
        [
          'Number',
          facts.bytes === 33 ? `${facts.x} (its last byte: no two shares have the same)` : undefined,
        ],
      ]),
    );
    terminal.say(
      'Well formed. Only the server can tell whether it is the right one, and only with a whole quorum.\n',
    );
  } finally {
    wipe(bytes, opened?.bytes);
  }
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return asciiText(bytes);
  } catch {
    throw new CliError(
      'unreadable-file',
      `${path === '-' ? 'Standard input' : `The file ${path}`} holds no share: it isn't text.`,
    );
  }
}

/** A PGP share comes as base64, hex or armored text; gpg may also have made it binary. */
const shareMessageOf = (bytes: Uint8Array): string =>
  (bytes[0] ?? 0) & 0x80 ? Buffer.from(bytes).toString('base64') : new TextDecoder().decode(bytes);
