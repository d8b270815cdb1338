import type { Command } from 'commander';
import { wipe } from '../../../shared/bytes';
import { plainText } from '../../../shared/input/plain-bytes';
import { enteredShare } from '../../../shared/share/entered-share';
import { shareInMessage } from '../../../shared/share/pgp-share';
import { type Share, shareText } from '../../../shared/share/share';
import { CliError } from '../parts/cli-error';
import { type FormatFlags, valueText, withFormat } from '../parts/format';
import { readInput, refuseTwoReaders } from '../parts/input-file';
import { unlockedKey } from '../parts/key-file';
import { withPassphrase } from '../parts/passphrase';
import { shareFileText } from '../parts/share-file-text';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { wholeNumber } from '../parts/whole-number';

interface ShareFlags extends FormatFlags {
  readonly threshold?: string;
  readonly keyFile?: string;
  readonly passphraseFile?: string;
  readonly show?: boolean;
}

/** `airlock offline share`. */
export function defineShare(command: Command, terminal: Terminal): void {
  const shareCommand = command
    .argument('<file>', 'file with the share; - is standard input')
    .option('--threshold <number>', 'how many shares make a quorum')
    .option('--key-file <file>', 'private key that the share was encrypted to');
  withPassphrase(shareCommand, 'key').option('--show', 'print the share itself, in hex: a secret');
  withFormat(shareCommand).action((file: string, flags: ShareFlags) => share(terminal, file, flags));
}

async function share(terminal: Terminal, file: string, flags: ShareFlags): Promise<void> {
  refuseTwoReaders([file, flags.keyFile, flags.passphraseFile]);
  const bytes = await readInput(terminal, file);
  let opened: Share | undefined;
  try {
    opened = await openedShare(terminal, bytes, file, flags);
    show(terminal, opened, flags);
  } finally {
    wipe(bytes, opened?.bytes);
  }
}

async function openedShare(
  terminal: Terminal,
  bytes: Uint8Array,
  file: string,
  flags: ShareFlags,
): Promise<Share> {
  const threshold =
    flags.threshold === undefined ? undefined : wholeNumber(flags.threshold, '--threshold', 1, 255);
  if (flags.keyFile === undefined) return enteredShare(await textOf(bytes, file), threshold);
  const privateKey = await unlockedKey(terminal, flags.keyFile, flags.passphraseFile);
  try {
    return await shareInMessage(shareMessageOf(bytes), privateKey, threshold);
  } finally {
    wipe(privateKey);
  }
}

const writtenAs = { hex: 'in hex', base64: 'in base64', card: 'as a share card' } as const;

function show(terminal: Terminal, opened: Share, flags: ShareFlags): void {
  const facts = { bytes: opened.bytes.length, encoding: opened.encoding, x: opened.x };
  if (flags.json) {
    terminal.print(valueText(flags, { ...facts, ...(flags.show ? { share: shareText(opened) } : {}) }));
    return;
  }
  if (flags.show) {
    terminal.print(`${shareText(opened)}\n`);
    terminal.say('A secret: this is the share itself.\n');
    return;
  }
  const written = flags.keyFile === undefined ? writtenAs[facts.encoding] : 'in hex, inside the PGP message';
  terminal.print(
    columns([
      ['Share', `${facts.bytes} bytes, written ${written}`],
      ['Number', facts.bytes === 33 ? `${facts.x} (its last byte: no two shares have the same)` : undefined],
    ]),
  );
  terminal.say(
    'Well formed. Only the server can tell whether it is the right one, and only with a whole quorum.\n',
  );
}

async function textOf(bytes: Uint8Array, path: string): Promise<string> {
  const text = await shareFileText(bytes);
  if (text !== null) {
    try {
      return new TextDecoder().decode(text);
    } finally {
      wipe(text);
    }
  }
  throw new CliError(
    'unreadable-file',
    `${path === '-' ? 'Standard input' : `The file ${path}`} holds no share: it isn't text.`,
  );
}

/** A share that init encrypted is base64, hex or armored text. What gpg made of it may be binary as well. */
const shareMessageOf = (bytes: Uint8Array): string =>
  plainText(bytes) ?? Buffer.from(bytes).toString('base64');
