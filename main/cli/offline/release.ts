import { type Command, Option } from 'commander';
import { asciiText, wipe } from '../../../shared/bytes';
import { why } from '../../../shared/ceremony/shown-names';
import type { SignedMessage } from '../../../shared/message/wire';
import { nonceWords } from '../../../shared/words';
import type { CustodianDesk } from '../../offline/custodian/desk';
import type { ShareEntry } from '../../offline/custodian/share-entry';
import { askYes } from '../parts/asked';
import { CliError } from '../parts/cli-error';
import { inputName, readInput } from '../parts/input-file';
import { passphrase } from '../parts/passphrase';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { ceremonyJson, ceremonyName, serverPlace } from './ceremony-facts';
import { answer, type CodeFlags, handOut, type Rows, withCode } from './code-out';
import { atLaptop, type Laptop, openCeremony, withLaptop } from './laptop';

interface ReleaseFlags extends CodeFlags {
  readonly shareFile?: string;
  readonly keyFile?: string;
  readonly keyPassphraseFile?: string;
  readonly replaces?: 'rekeyed' | 'mistyped';
  readonly again?: boolean;
  readonly notCarried?: boolean;
  readonly yes?: boolean;
}

/** `airlock offline release`. */
export function defineRelease(command: Command, terminal: Terminal): void {
  withCode(withLaptop(command), 'share')
    .option('--share-file <file>', 'file with the share, instead of being asked; - is standard input')
    .option('--key-file <file>', 'private key that the share was encrypted to')
    .option('--key-passphrase-file <file>', 'file with the passphrase of that key')
    .addOption(
      new Option('--replaces <why>', 'why it is another share than the one entered here before').choices([
        'rekeyed',
        'mistyped',
      ]),
    )
    .option('--again', 'enter and release the share anew, although it was released for this attempt')
    .option('--not-carried', 'nobody carried the released share to its station: it was not needed')
    .option('--yes', 'release it without being asked')
    .action((flags: ReleaseFlags) =>
      atLaptop(terminal, flags, [flags.shareFile, flags.keyFile, flags.keyPassphraseFile], (laptop) =>
        release(laptop, flags),
      ),
    );
}

async function release(laptop: Laptop, flags: ReleaseFlags): Promise<void> {
  const { terminal, station } = laptop;
  await openCeremony(laptop, flags);
  const desk = station.custodian();
  if (flags.notCarried) {
    desk.withdrawRelease();
    answer(terminal, flags, ceremonyJson(desk.state), [
      ['Withdrawn', 'the share message counts no more. Next: airlock offline sign-off'],
    ]);
    return;
  }
  const made = flags.again || flags.shareFile !== undefined ? null : desk.outbound;
  const message = made === null ? await releaseNow(laptop, desk, flags) : made.message;
  await handOut(terminal, flags, message, station.identity().station, {
    value: { ...ceremonyJson(desk.state), sealedTo: desk.state.attempt.station },
    rows: [
      [
        made === null ? 'Released' : 'Released before',
        `for ${nonceWords(desk.state.attempt.nonce)}, and no other`,
      ],
      ['Sealed to', desk.state.attempt.station],
    ],
    next: `Have it carried to ${desk.state.attempt.station}. Whoever carries it can't read it.`,
  });
}

/** Takes the share, says what is known of it, and releases it once that is confirmed. */
async function releaseNow(
  laptop: Laptop,
  desk: CustodianDesk,
  flags: ReleaseFlags,
): Promise<SignedMessage<'share'>> {
  const { terminal } = laptop;
  refuseUncompared(desk);
  await desk.enterShare(await entryOf(terminal, flags));
  if (!flags.json) terminal.print(columns(rowsOf(desk)));
  if (!flags.yes) await askYes(terminal, 'Release your share? It serves this attempt and no other.', '--yes');
  return desk.release();
}

/** Before a share is asked for: it would be entered in vain. Throws `CliError` 'not-confirmed'. */
function refuseUncompared({ state }: CustodianDesk): void {
  if (state.step !== 'check') return;
  throw new CliError(
    'not-confirmed',
    'The words of this attempt were not compared yet, so no share is asked for. Compare them first: airlock offline attempt',
  );
}

async function entryOf(terminal: Terminal, flags: ReleaseFlags): Promise<ShareEntry> {
  const text = await shareText(terminal, flags.shareFile);
  const replacesRecorded = flags.replaces;
  if (flags.keyFile === undefined) return { kind: 'text', text, replacesRecorded };
  const key = await readInput(terminal, flags.keyFile);
  const secret = await passphrase(terminal, flags.keyPassphraseFile, 'Passphrase of the key: ');
  try {
    const decoder = new TextDecoder();
    const privateKey = decoder.decode(key);
    return { kind: 'pgp', text, privateKey, passphrase: decoder.decode(secret), replacesRecorded };
  } finally {
    wipe(key, secret);
  }
}

/** The share as text, from its file or from a prompt that doesn't show it. Throws `CliError`. */
async function shareText(terminal: Terminal, file: string | undefined): Promise<string> {
  const bytes =
    file === undefined
      ? await terminal.askSecret('Your share (hex, base64 or the groups of its card; it is not shown): ')
      : await readInput(terminal, file);
  if (bytes === null || bytes.length === 0) {
    throw new CliError(
      'no-answer',
      file === undefined
        ? 'No share was entered. Type it where it is asked for, or give it by --share-file FILE (or - for standard input).'
        : `There is nothing in ${inputName(file)}.`,
    );
  }
  try {
    return asciiText(bytes);
  } catch {
    throw new CliError(
      'unreadable-file',
      `${file === undefined ? 'What was typed' : `What lies in ${inputName(file)}`} is no share: it has characters that no share has.`,
    );
  } finally {
    wipe(bytes);
  }
}

function rowsOf({ state }: CustodianDesk): Rows {
  const share = state.step === 'release' ? state.share : null;
  return [
    ['Ceremony', ceremonyName(state.id, state.rehearsal)],
    ['Why', why(state.purpose, state.ticket)],
    ['Server', serverPlace(state.server)],
    ['Sealed to', state.attempt.station],
    ['Attempt', nonceWords(state.attempt.nonce)],
    ['Your share', share === null ? undefined : `${share.length} bytes, x-coordinate ${share.x}`],
    [
      'Known here',
      share?.seenBefore === 'matches'
        ? 'yes: it is the one entered before'
        : 'from now on: a typing error in a later entry shows at once',
    ],
  ];
}
