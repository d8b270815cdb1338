import type { Command } from 'commander';
import { wipe } from '../../../shared/bytes';
import { defaultHomePath, type Home, HomeError, openHome } from '../../store/home';
import {
  type Identity,
  lockIdentity,
  readIdentity,
  type UnlockedIdentity,
  unlockIdentity,
} from '../../store/identity';
import { type FormatFlags, withFormat } from './format';
import { passphrase } from './passphrase';
import type { Terminal } from './terminal';

/** Options that every command has which works in a home. */
export interface HomeFlags extends FormatFlags {
  readonly home?: string;
  readonly passphraseFile?: string;
}

/** Adds `--home`, `--json` and `--format`. */
export const withHome = (command: Command): Command => withFormat(withHomeOnly(command));

/** Adds `--home`, to a command that has its format already. */
export const withHomeOnly = (command: Command): Command =>
  command.option(
    '--home <dir>',
    'folder of this person on this machine (default: AIRLOCK_HOME, else the data folder)',
  );

/** The home that the command line or the environment names, else the one in the user's data folder. */
export const homeOf = (terminal: Terminal, flags: HomeFlags): Home =>
  openHome(flags.home ?? defaultHomePath(terminal.env));

/**
 * The home's identity, whose key stays locked. Throws `HomeError` 'identity-missing' and 'identity-damaged'.
 */
export function identityOf(home: Home): Identity {
  const identity = readIdentity(home);
  if (identity !== null) return identity;
  throw new HomeError(
    'identity-missing',
    `There is no identity in ${home.dir} yet. Make one: airlock identity create --name NAME --role ROLE`,
  );
}

/**
 * Does something as the person of this home, and returns what came of it. Their signing key is in memory
 * only meanwhile; the passphrase comes from its file or is asked for. Throws `HomeError` 'identity-missing'
 * and 'identity-damaged', `OpenPgpError` 'wrong-passphrase', `HomeFinding`, `CliError` 'no-passphrase' and
 * 'unreadable-file', and whatever the work throws.
 */
export async function asPerson<T>(
  terminal: Terminal,
  home: Home,
  flags: HomeFlags,
  work: (identity: UnlockedIdentity) => Promise<T>,
): Promise<T> {
  const { name } = identityOf(home);
  const secret = await passphrase(terminal, flags.passphraseFile, `Passphrase of ${name}: `);
  const identity = await unlockIdentity(home, secret, () => terminal.now()).finally(() => wipe(secret));
  try {
    return await work(identity);
  } finally {
    lockIdentity(identity);
  }
}
