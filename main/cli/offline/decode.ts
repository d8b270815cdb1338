import { type Command, Option } from 'commander';
import { asciiText, wipe } from '../../../shared/bytes';
import { encodedTokenIn, otpIn } from '../../../shared/input/value';
import { decodeToken } from '../../../shared/token/encoded-token';
import { parseOtp } from '../../../shared/token/otp';
import { openPgpToken } from '../../../shared/token/pgp-token';
import { kindByForm, type RootToken, uuidTokenCaveat } from '../../../shared/token/root-token';
import {
  TOKEN_KINDS,
  type TokenKind,
  tokenKindSentence,
  tokenKindWords,
} from '../../../shared/token/token-kind';
import { CliError } from '../parts/cli-error';
import { type FormatFlags, valueText, withFormat } from '../parts/format';
import { refuseTwoReaders, textInput } from '../parts/input-file';
import { unlockedKey } from '../parts/key-file';
import { withPassphrase } from '../parts/passphrase';
import type { Terminal } from '../parts/terminal';
import { wholeNumber } from '../parts/whole-number';

interface DecodeFlags extends FormatFlags {
  /** The text itself; `-` is standard input. */
  readonly encodedToken: string;
  readonly otpFile?: string;
  readonly otpLength?: string;
  readonly keyFile?: string;
  readonly kind?: TokenKind;
  readonly passphraseFile?: string;
}

/** `airlock offline decode`: the token alone on standard output, or a named error and no token. */
export function defineDecode(command: Command, terminal: Terminal): void {
  const decodeCommand = command
    .requiredOption(
      '--encoded-token <text>',
      "the server's answer to the last share, alone or as it came; - is standard input",
    )
    .option('--otp-file <file>', 'file with the one-time password; - is standard input')
    .option('--otp-length <number>', "the server's otp_length, if it is known")
    .option('--key-file <file>', 'file with the private key; - is standard input')
    .addOption(
      new Option('--kind <kind>', 'the token that was asked for; another one is refused').choices(
        TOKEN_KINDS,
      ),
    );
  withFormat(withPassphrase(decodeCommand, 'key')).action((flags: DecodeFlags) => decode(terminal, flags));
}

async function decode(terminal: Terminal, flags: DecodeFlags): Promise<void> {
  const { otpFile, keyFile, passphraseFile } = flags;
  const way = wayOf(otpFile, keyFile);
  const { encodedToken } = flags;
  refuseTwoReaders([encodedToken, otpFile, keyFile, passphraseFile]);
  const encoded = encodedTokenIn(
    encodedToken === '-' ? await textInput(terminal, '-', 'encoded token') : encodedToken,
  );
  const token =
    way.by === 'otp'
      ? await decodeByOtp(terminal, encoded, way.file, flags)
      : await decodeByKey(terminal, encoded, way.file, flags);
  try {
    const text = asciiText(token.bytes);
    const { format, prefix, length, kind } = token;
    const tokenKind = flags.kind ?? (format === 'recovery' ? 'recovery' : null);
    terminal.print(
      flags.json ? valueText(flags, { token: text, format, prefix, length, kind, tokenKind }) : `${text}\n`,
    );
    if (!flags.json) terminal.say(`${whatItIs(token, flags.kind)}\n`);
    if (format === 'uuid' && way.by === 'otp') terminal.say(`${uuidTokenCaveat}\n`);
  } finally {
    wipe(token.bytes);
  }
}

/** Which token it is, and what it can do: a sentence without the token. */
function whatItIs(token: RootToken, kind: TokenKind | undefined): string {
  const known = kind ?? (token.format === 'recovery' ? 'recovery' : null);
  if (known === null) return `This is ${kindByForm(token)} (${token.kind}).`;
  return `This is ${tokenKindWords(known).one} (${token.kind}). ${tokenKindSentence(known)}`;
}

/** How the token was hidden. Throws `CliError` 'usage' on both ways or neither. */
function wayOf(
  otpFile: string | undefined,
  keyFile: string | undefined,
): { readonly by: 'otp' | 'key'; readonly file: string } {
  if (otpFile !== undefined && keyFile === undefined) return { by: 'otp', file: otpFile };
  if (keyFile !== undefined && otpFile === undefined) return { by: 'key', file: keyFile };
  throw new CliError(
    'usage',
    'Say how the token was hidden, in one way: --otp-file FILE, or --key-file FILE with its passphrase. An attempt has one of the two, never both.',
  );
}

async function decodeByOtp(
  terminal: Terminal,
  encoded: string,
  otpFile: string,
  flags: DecodeFlags,
): Promise<RootToken> {
  const length =
    flags.otpLength === undefined ? undefined : wholeNumber(flags.otpLength, '--otp-length', 0, 255);
  const otp = parseOtp(otpIn(await textInput(terminal, otpFile, 'one-time password')), length);
  try {
    return decodeToken(encoded, otp, flags.kind ?? 'any');
  } finally {
    wipe(otp.characters);
  }
}

async function decodeByKey(
  terminal: Terminal,
  encoded: string,
  keyFile: string,
  flags: DecodeFlags,
): Promise<RootToken> {
  const privateKey = await unlockedKey(terminal, keyFile, flags.passphraseFile);
  try {
    return await openPgpToken(encoded, privateKey, flags.kind ?? 'any');
  } finally {
    wipe(privateKey);
  }
}
