import { asciiText, wipe } from '../../../shared/bytes';
import { unlockPrivateKey } from '../../../shared/openpgp/key-pair';
import { decodeToken } from '../../../shared/token/encoded-token';
import { parseOtp } from '../../../shared/token/otp';
import { openPgpToken } from '../../../shared/token/pgp-token';
import { type RootToken, uuidTokenCaveat } from '../../../shared/token/root-token';
import { readInput } from '../files';
import { passphrase, secretLine } from '../person';
import { CliError, type Terminal } from '../terminal';
import { number, type OfflineFlags, refuseTwoReaders } from './flags';

/** `airlock offline decode`: the token alone on standard output, or a named error and no token. */
export async function decode(terminal: Terminal, flags: OfflineFlags): Promise<void> {
  if ((flags.otpFile === undefined) === (flags.keyFile === undefined)) {
    throw new CliError(
      'usage',
      'Say how the token was hidden, in one way: --otp-file FILE, or --key-file FILE with its passphrase. An attempt has one of the two, never both.',
    );
  }
  refuseTwoReaders([flags.otpFile, flags.keyFile, flags.passphraseFile]);
  const encoded = flags.encodedToken ?? '';
  const token =
    flags.otpFile === undefined
      ? await decodeByKey(terminal, encoded, flags)
      : await decodeByOtp(terminal, encoded, flags);
  try {
    const text = asciiText(token.bytes);
    terminal.print(
      flags.json
        ? `${JSON.stringify({ token: text, format: token.format, prefix: token.prefix, length: token.length, kind: token.kind })}\n`
        : `${text}\n`,
    );
    if (token.format === 'uuid' && flags.otpFile !== undefined) terminal.say(`${uuidTokenCaveat}\n`);
  } finally {
    wipe(token.bytes);
  }
}

async function decodeByOtp(terminal: Terminal, encoded: string, flags: OfflineFlags): Promise<RootToken> {
  const length = flags.otpLength === undefined ? undefined : number(flags.otpLength, '--otp-length', 0, 255);
  const otp = parseOtp(await secretLine(terminal, flags.otpFile ?? '', 'one-time password'), length);
  try {
    return decodeToken(encoded, otp);
  } finally {
    wipe(otp.characters);
  }
}

async function decodeByKey(terminal: Terminal, encoded: string, flags: OfflineFlags): Promise<RootToken> {
  const locked = await readInput(terminal, flags.keyFile ?? '');
  const secret =
    flags.passphraseFile === undefined && (await isUnlocked(locked))
      ? ''
      : await passphrase(terminal, flags.passphraseFile, 'Passphrase of the key: ');
  const privateKey = await unlockPrivateKey(locked, secret).finally(() => {
    if (typeof secret !== 'string') wipe(secret);
  });
  try {
    return await openPgpToken(encoded, privateKey);
  } finally {
    wipe(privateKey, locked);
  }
}

async function isUnlocked(key: Uint8Array): Promise<boolean> {
  try {
    wipe(await unlockPrivateKey(key, ''));
    return true;
  } catch {
    return false;
  }
}
