import { type Command, Option } from 'commander';
import { wipe } from '../../../shared/bytes';
import { why } from '../../../shared/ceremony/shown-names';
import type { KeyAlgorithm } from '../../../shared/openpgp/key-pair';
import { pgpKeyField } from '../../../shared/openpgp/public-key';
import { digestWords } from '../../../shared/words';
import type { OfficerDesk } from '../../offline/officer/desk';
import { StationError } from '../../station/station-error';
import { readInput } from '../parts/input-file';
import { refuseExisting, writeNewFiles } from '../parts/new-files';
import { passphrase } from '../parts/passphrase';
import type { Terminal } from '../parts/terminal';
import { ceremonyJson, ceremonyName, serverPlace } from './ceremony-facts';
import { type CodeFlags, handOut, type Rows, withCode } from './code-out';
import { recordCompared } from './compared';
import { atLaptop, type Laptop, openCeremony, withLaptop } from './laptop';

interface StartFlags extends CodeFlags {
  readonly algorithm: KeyAlgorithm;
  readonly keyFile?: string;
  readonly keyPassphraseFile?: string;
  readonly publicKey?: string;
  readonly otpOut?: string;
  readonly words?: string;
}

const algorithms = ['curve25519', 'rsa3072', 'rsa4096'] as const satisfies readonly KeyAlgorithm[];

/** `airlock offline start`. */
export function defineStart(command: Command, terminal: Terminal): void {
  withCode(withLaptop(command), 'start')
    .addOption(
      new Option('--algorithm <algorithm>', 'kind of key that is made')
        .choices(algorithms)
        .default('curve25519'),
    )
    .option('--key-file <file>', 'use this private key instead of making one; - is standard input')
    .option('--key-passphrase-file <file>', 'file with the passphrase of that key')
    .option('--words <words>', "the start message's words as the operator reads them out, for the record")
    .option('--public-key <file>', 'for the plain command line: write the bare public key there')
    .option('--otp-out <file>', 'for the plain command line: write the one-time password there; a secret')
    .action((flags: StartFlags) =>
      atLaptop(terminal, flags, [flags.keyFile, flags.keyPassphraseFile], (laptop) => start(laptop, flags)),
    );
}

async function start(laptop: Laptop, flags: StartFlags): Promise<void> {
  const { terminal, station } = laptop;
  const plain = [flags.publicKey, flags.otpOut].filter((path) => path !== undefined);
  refuseExisting(plain);
  await openCeremony(laptop, flags);
  const desk = station.officer();
  // A start that was made already is handed out again.
  if (desk.state.step === 'key' || flags.keyFile !== undefined) await makeSecret(laptop, desk, flags);
  const { outbound } = desk;
  if (outbound === null) {
    throw new StationError(
      'no-message',
      desk.state.step === 'plan'
        ? 'The plan isn’t agreed on yet, so there is nothing to start. Agree on it first: airlock offline plan --agree'
        : 'This ceremony is over: it has no start message any more.',
    );
  }
  if (flags.publicKey !== undefined)
    writeNewFiles([[flags.publicKey, `${pgpKeyField(desk.key.exportPublicKey())}\n`]]);
  if (flags.otpOut !== undefined) writeNewFiles([[flags.otpOut, `${await desk.key.revealOtp()}\n`]]);
  await recordCompared(laptop, flags, 'start', digestWords(outbound.message.digest));
  await handOut(terminal, flags, outbound.message, station.identity().station, {
    value: { ...ceremonyJson(desk.state), files: plain },
    rows: rowsOf(desk, plain),
    next: 'Carry it to the online station, and compare its words with the operator by voice: airlock online start',
  });
}

async function makeSecret({ terminal }: Laptop, desk: OfficerDesk, flags: StartFlags): Promise<void> {
  if (flags.keyFile === undefined) {
    await (desk.state.draft.method === 'otp' ? desk.key.makeOtp() : desk.key.makeKey(flags.algorithm));
    return;
  }
  if (desk.state.draft.method === 'otp')
    throw new StationError('no-secret', 'By its plan this ceremony has a one-time password, and no key.');
  const key = await readInput(terminal, flags.keyFile);
  try {
    const secret = await passphrase(terminal, flags.keyPassphraseFile, 'Passphrase of the key: ');
    const text = new TextDecoder().decode(secret);
    wipe(secret);
    await desk.key.importKey(new TextDecoder().decode(key), text);
  } finally {
    wipe(key);
  }
}

function rowsOf({ state }: OfficerDesk, files: readonly string[]): Rows {
  if (!('secret' in state)) return [];
  const { draft, server, secret } = state;
  return [
    ['Ceremony', ceremonyName(state.id, draft.rehearsal)],
    ['Why', why(draft.purpose, draft.ticket)],
    ['Server', serverPlace(server)],
    ['Quorum', `${server.threshold} of ${server.shares} shares`],
    secret.kind === 'pgp'
      ? ['Key', secret.fingerprint]
      : ['Password', `${secret.length || 24} characters, sealed to the station`],
    ...files.map((file) => ['Written', file] as const),
  ];
}
