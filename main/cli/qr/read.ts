import { writeFileSync } from 'node:fs';
import { decode } from 'cbor2';
import type { Command } from 'commander';
import { QrError } from '../../../shared/qr/qr-error';
import { urText } from '../../../shared/qr/ur';
import { type Assembled, assemble } from '../../qr/assemble';
import { readQrImage } from '../../qr/read-image';
import { CliError } from '../parts/cli-error';
import { type FormatFlags, valueText, withFormat } from '../parts/format';
import { readInput } from '../parts/input-file';
import { filesNamedBy, pictureKinds } from '../parts/message-files';
import type { Terminal } from '../parts/terminal';

interface Flags extends FormatFlags {
  readonly out?: string;
  readonly raw?: true;
}

interface PictureRead {
  readonly file: string;
  readonly texts: readonly string[];
  readonly error: string | null;
}

/** `airlock qr read`: pictures in any order → the message they hold. */
export function defineQrRead(command: Command, terminal: Terminal): void {
  const readCommand = command
    .argument('<image...>', 'PNG, JPEG, WebP, BMP or GIF files, or folders of them')
    .option('--out <file>', 'write the message there (default: print it as UR text)')
    .option('--raw', 'print what each picture’s code holds, whatever it is: it may be a secret');
  withFormat(readCommand, 'print JSON: with --raw, one line a picture').action(
    async (paths: string[], flags: Flags) => {
      const files = paths.flatMap(picturesAt);
      if (flags.raw) await printRaw(terminal, files, flags);
      else await printMessage(terminal, files, flags);
    },
  );
}

async function printRaw(terminal: Terminal, files: readonly string[], flags: Flags): Promise<void> {
  let found = false;
  for (const file of files) {
    const { texts, error } = await readFile(terminal, file);
    found ||= texts.length > 0;
    const text = texts.join('\n');
    if (flags.json) process.stdout.write(valueText(flags, error === null ? { file, text } : { file, error }));
    else if (error === null) process.stdout.write(`${text}\n`);
    else process.stderr.write(`${file}: ${error}\n`);
  }
  if (!found) process.exitCode = 1;
}

async function printMessage(terminal: Terminal, files: readonly string[], flags: Flags): Promise<void> {
  const texts: string[] = [];
  const unread: string[] = [];
  for (const file of files) {
    const read = await readFile(terminal, file);
    texts.push(...read.texts);
    if (read.error !== null) unread.push(`${file}: ${read.error}`);
  }
  const { messages, incomplete, refused } = assemble(texts);
  const troubles = [...unread, ...refused, ...incomplete];
  if (messages.length === 0)
    throw new QrError(incomplete.length > 0 ? 'incomplete' : 'no-code', troubles.join('\n'));
  for (const line of troubles) process.stderr.write(`${line}\n`);
  if (incomplete.length > 0) process.exitCode = 1;
  if (flags.out === undefined) {
    for (const message of messages)
      process.stdout.write(flags.json ? valueText(flags, messageValue(message)) : `${textOf(message)}\n`);
    return;
  }
  const [message, ...others] = messages;
  if (message === undefined || others.length > 0) {
    throw new QrError(
      'bad-option',
      `These pictures hold ${messages.length} messages, and --out takes one. Name the pictures of one message only.`,
    );
  }
  writeFileSync(flags.out, contentOf(message), { mode: 0o600 });
  if (flags.json) process.stdout.write(valueText(flags, messageValue(message, flags.out)));
  else process.stderr.write(`Message of ${contentOf(message).length} bytes written to ${flags.out}\n`);
}

async function readFile(terminal: Terminal, file: string): Promise<PictureRead> {
  try {
    const texts = await readQrImage(await readInput(terminal, file));
    return { file, texts, error: texts.length > 0 ? null : noCode().message };
  } catch (error) {
    if (error instanceof QrError || error instanceof CliError)
      return { file, texts: [], error: error.message };
    throw error;
  }
}

/** The pictures of a folder by name, or the file itself. */
function picturesAt(path: string): string[] {
  const files = filesNamedBy(path, pictureKinds);
  if (files.length === 0)
    throw new QrError(
      'no-code',
      `There are no pictures in the folder ${path}. Name the one that holds them.`,
    );
  return files;
}

const messageValue = (message: Assembled, out?: string) => ({
  type: message.type,
  ur: textOf(message),
  bytes: Buffer.from(contentOf(message)).toString('base64'),
  ...(out === undefined ? {} : { out }),
});

const textOf = (message: Assembled): string => urText(message.bytes, message.type);

/** The bytes a person means: of `ur:bytes`, which other programs make, those inside the CBOR byte string. */
function contentOf(message: Assembled): Uint8Array {
  if (message.type !== 'bytes') return message.bytes;
  try {
    const value: unknown = decode(message.bytes);
    return value instanceof Uint8Array ? value : message.bytes;
  } catch {
    return message.bytes;
  }
}

const noCode = (): QrError =>
  new QrError(
    'no-code',
    'No QR code was found in this picture. Take it again: the whole code with its white border, sharp, without glare.',
  );
