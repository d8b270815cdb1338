import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parseWire } from '../../../shared/message/wire';
import { defaultDensity, densityRange } from '../../../shared/qr/density';
import { QrError } from '../../../shared/qr/qr-error';
import type { Outgoing } from '../../../shared/qr/ur';
import { qrGif } from '../../qr/qr-gif';
import { writeQrPng } from '../../qr/qr-png';
import { outgoingOf, type ShownFile, shownFileOf } from '../../qr/shown-file';
import { makeFolders } from '../../store/folder';
import { showInTerminal } from '../parts/code-player';
import { fittingCode } from '../parts/fitting-code';
import { readInput } from '../parts/input-file';
import type { Terminal } from '../parts/terminal';

interface Flags {
  readonly png?: string;
  readonly gif?: string;
  readonly fps: string;
  readonly density?: string;
  readonly secret?: true;
}

/** `airlock qr show`: a file → codes in the terminal, as pictures, or as an animation. */
export function defineQrShow(command: Command, terminal: Terminal): void {
  command
    .argument('<file>', 'a message, or UR text; - for standard input')
    .option('--png <dir>', 'write one PNG a code into this folder instead')
    .option('--gif <file>', 'write a moving GIF instead')
    .option('--fps <number>', 'codes a second', '6')
    .option(
      '--density <characters>',
      `characters a code, ${densityRange.min} to ${densityRange.max}: more is faster, fewer is easier to read`,
    )
    .option('--secret', 'the file is a secret, and nobody else sees this screen')
    .action((file: string, flags: Flags) => show(terminal, file, flags));
}

async function show(terminal: Terminal, file: string, flags: Flags): Promise<void> {
  const fps = numberIn(flags.fps, '--fps', 1, 30);
  const density =
    flags.density === undefined
      ? null
      : numberIn(flags.density, '--density', densityRange.min, densityRange.max);
  const shown = shownFileOf(await readInput(terminal, file));
  const secret = shown.kind === 'text' && shown.secret;
  if (secret) checkSecret(flags);
  if (flags.png === undefined && flags.gif === undefined) {
    const outgoing = density === null ? fittingCode(shown, '--png') : outgoingOf(shown, density);
    await showInTerminal(outgoing, { fps, secret, pictures: '--png DIR' });
    return;
  }
  const outgoing = outgoingOf(shown, density ?? defaultDensity);
  const written = flags.png === undefined ? [] : writePictures(flags.png, pictureStem(shown), outgoing);
  if (flags.gif !== undefined) {
    writeFileSync(flags.gif, qrGif(animation(outgoing), fps), { mode: 0o600 });
    written.push(flags.gif);
  }
  for (const path of written) process.stderr.write(`Written  ${path}\n`);
}

function checkSecret(flags: Flags): void {
  if (!flags.secret) {
    throw new QrError(
      'secret',
      'This file holds no Airlock message, so it may be a secret: a share, a one-time password or a token. Anyone who sees its code has it. If nobody else sees this screen, say so with --secret.',
    );
  }
  if (flags.png !== undefined || flags.gif !== undefined) {
    throw new QrError(
      'secret',
      'The code of a secret is not written to a disk. Show it in the terminal, without --png and --gif.',
    );
  }
}

/** Pictures are told apart by the message's type, as those that `--qr` writes. */
function pictureStem(shown: ShownFile): string {
  if (shown.kind === 'text') return 'text';
  try {
    return parseWire(shown.bytes).envelope.type;
  } catch {
    // A UR of another kind, such as a wallet's, is shown as well.
    return 'message';
  }
}

/** Returns the paths of what it wrote. `stem`: what their names begin with. */
function writePictures(folder: string, stem: string, outgoing: Outgoing): string[] {
  makeFolders(folder);
  const still = outgoing.static !== null;
  const digits = String(outgoing.partCount).length;
  return Array.from({ length: still ? 1 : outgoing.partCount }, (_, index) => {
    const name = `${stem}-part-${String(index + 1).padStart(digits, '0')}-of-${outgoing.partCount}.png`;
    const path = join(folder, still ? `${stem}.png` : name);
    writeQrPng(path, outgoing.static ?? outgoing.part(index));
    return path;
  });
}

/** Plain parts, then as many mixed ones, so that a loop says more than a repetition would. */
const animation = (outgoing: Outgoing): string[] =>
  outgoing.static !== null
    ? [outgoing.static]
    : Array.from({ length: 2 * outgoing.partCount }, (_, index) => outgoing.part(index));

function numberIn(text: string, option: string, min: number, max: number): number {
  const number = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && number >= min && number <= max) return number;
  throw new QrError('bad-option', `${option} takes a number from ${min} to ${max}, not “${text}”.`);
}
