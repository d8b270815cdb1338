import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { asciiText, wipe } from '../../../shared/bytes';
import { generateOtp } from '../../../shared/token/otp';
import { type FormatFlags, valueText, withFormat } from '../parts/format';
import { writeNewFiles } from '../parts/new-files';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { wholeNumber } from '../parts/whole-number';

interface OtpFlags extends FormatFlags {
  readonly length: string;
  readonly out?: string;
}

/** `airlock offline otp`. */
export function defineOtp(command: Command, terminal: Terminal): void {
  const otpCommand = command
    .option('--length <number>', "the server's otp_length; 0 for a server that names none", '28')
    .option('--out <file>', 'write it there instead of showing it');
  withFormat(otpCommand).action((flags: OtpFlags) => otp(terminal, flags));
}

function otp(terminal: Terminal, flags: OtpFlags): void {
  const made = generateOtp(
    wholeNumber(flags.length, '--length', 0, 255),
    (length) => new Uint8Array(randomBytes(length)),
  );
  try {
    const characters = asciiText(made.characters);
    if (flags.out !== undefined) writeNewFiles([[flags.out, `${characters}\n`]]);
    const where = flags.out === undefined ? { otp: characters } : { file: flags.out };
    if (flags.json) terminal.print(valueText(flags, { otpLength: made.otpLength, ...where }));
    else terminal.print(flags.out === undefined ? `${characters}\n` : columns([['Written', flags.out]]));
    terminal.say(
      'A secret: with it and the encoded token, anyone has the root token. It serves for one attempt only.\n',
    );
  } finally {
    wipe(made.characters);
  }
}
