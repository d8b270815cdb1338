import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { toHex, wipe } from '../../../shared/bytes';
import { type KeyAlgorithm, lockPrivateKey, makeKeyPair } from '../../../shared/openpgp/key-pair';
import { parsePublicKey } from '../../../shared/openpgp/public-key';
import { fingerprintWords } from '../../../shared/words';
import { makeFolders } from '../../store/folder';
import { reasonOf } from '../../store/store-error';
import { CliError } from '../parts/cli-error';
import { type FormatFlags, valueText, withFormat } from '../parts/format';
import { refuseExisting, writeNewFiles } from '../parts/new-files';
import { newPassphrase, withPassphrase } from '../parts/passphrase';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';

interface KeygenFlags extends FormatFlags {
  readonly out: string;
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  readonly passphraseFile?: string;
}

const algorithms = ['curve25519', 'rsa3072', 'rsa4096'] as const satisfies readonly KeyAlgorithm[];

/** `airlock offline keygen`. */
export function defineKeygen(command: Command, terminal: Terminal): void {
  const keygenCommand = command
    .requiredOption('--out <dir>', 'folder for public.asc, public.b64 and private.asc')
    .option('--name <name>', "name in the key's User ID", 'Airlock ceremony')
    .addOption(
      new Option('--algorithm <algorithm>', 'kind of key').choices(algorithms).default('curve25519'),
    );
  withFormat(withPassphrase(keygenCommand, 'key')).action((flags: KeygenFlags) => keygen(terminal, flags));
}

async function keygen(terminal: Terminal, flags: KeygenFlags): Promise<void> {
  const files = {
    publicKey: join(flags.out, 'public.asc'),
    base64: join(flags.out, 'public.b64'),
    privateKey: join(flags.out, 'private.asc'),
  };
  refuseExisting([files.privateKey, files.publicKey, files.base64]);
  const secret = await newPassphrase(terminal, flags.passphraseFile);
  const pair = await makeKeyPair({
    name: flags.name,
    algorithm: flags.algorithm,
    now: terminal.now(),
    use: 'encrypt',
  });
  try {
    const { armored } = await parsePublicKey(pair.publicKey);
    const locked = await lockPrivateKey(pair.privateKey, secret).finally(() => wipe(secret));
    makeOut(flags.out);
    writeNewFiles([
      [files.privateKey, locked],
      [files.publicKey, armored],
      [files.base64, `${Buffer.from(pair.publicKey).toString('base64')}\n`],
    ]);
    const fingerprint = toHex(pair.fingerprint);
    const words = fingerprintWords(pair.fingerprint);
    terminal.print(
      flags.json
        ? valueText(flags, { fingerprint, words, files })
        : columns([
            ['Fingerprint', fingerprint],
            ['Words', words],
            ['Public', `${files.publicKey}, and for the server's pgp_key field ${files.base64}`],
            ['Private', `${files.privateKey}, under the passphrase: it stays on this machine`],
          ]),
    );
  } finally {
    wipe(pair.privateKey);
  }
}

function makeOut(folder: string): void {
  try {
    makeFolders(folder, 0o700);
  } catch (error) {
    throw new CliError(
      'unwritable-file',
      `The folder ${folder} can't be made (${reasonOf(error)}). Choose another --out.`,
    );
  }
}
