import { OnlineStation } from '../../online/online-station';
import { serverOptionsFromEnv } from '../../online/server/environment';
import type { Carrier } from '../../online/station-context';
import { type Home, HomeError } from '../../store/home';
import { type Identity, lockIdentity, readIdentity } from '../../store/identity';
import type { Destination } from '../files';
import { filesNamedBy, messageKinds } from '../named-files';
import { type HomeFlags, secretLine, unlock } from '../person';
import { CliError, type Terminal } from '../terminal';

/** Options of the online commands; each takes some of them. */
export interface OnlineFlags extends HomeFlags, Destination {
  readonly server?: string;
  readonly pin?: string;
  readonly serverTokenFile?: string;
  readonly message?: string[];
  readonly ceremony?: string;
  readonly nonce?: string;
  readonly rehearsal?: boolean;
  readonly accessor?: string;
  readonly tokenFile?: string;
}

/** Works at the station of a home, with its identity unlocked for as long as that takes. */
export async function withStation(
  terminal: Terminal,
  flags: OnlineFlags,
  home: Home,
  work: (station: OnlineStation, identity: Identity) => Promise<void>,
): Promise<void> {
  const identity = await unlock(terminal, home, flags);
  try {
    await work(await stationOf(terminal, flags, home, identity), identity);
  } finally {
    lockIdentity(identity);
  }
}

/** The station of a home, at the server that flags and environment name. */
export async function stationOf(
  terminal: Terminal,
  flags: OnlineFlags,
  home: Home,
  identity: Identity,
): Promise<OnlineStation> {
  const token =
    flags.serverTokenFile === undefined
      ? undefined
      : await secretLine(terminal, flags.serverTokenFile, 'token');
  const server = serverOptionsFromEnv(terminal.env, {
    server: flags.server,
    pin: flags.pin,
    token: token?.trim(),
  });
  return new OnlineStation({
    home,
    identity,
    server,
    clock: () => terminal.now(),
    rehearsal: flags.rehearsal,
  });
}

/** Standard input is there only once. Throws `CliError` 'stdin-twice'. */
export function refuseTwoReaders(flags: OnlineFlags): void {
  const readers = [flags.passphraseFile, flags.serverTokenFile, flags.tokenFile, ...(flags.message ?? [])];
  if (readers.filter((path) => path === '-').length > 1) {
    throw new CliError('stdin-twice', 'Standard input (-) can be read only once. Give the other by file.');
  }
}

/** Whoever is to stand on record. Throws `HomeError` 'identity-missing'. */
export function requireIdentity(home: Home): Identity {
  const identity = readIdentity(home);
  if (identity !== null) return identity;
  throw new HomeError(
    'identity-missing',
    `There is no identity in ${home.dir} yet, so nothing could be put on record. Make one: airlock identity create --name NAME --role operator`,
  );
}

/** For reading what a server says, before anybody has an identity: nothing is signed or recorded. */
export const nobody = (terminal: Terminal): Identity => ({
  name: 'nobody',
  role: 'operator',
  station: 'unnamed',
  fingerprint: new Uint8Array(20),
  publicKey: new Uint8Array(),
  createdAt: terminal.now().toISOString(),
});

export const outwards = (flags: OnlineFlags): Carrier =>
  flags.qr !== undefined ? 'qr' : flags.out !== undefined ? 'file' : 'paste';
export const inwards = (flags: OnlineFlags): Carrier =>
  (flags.message ?? [])
    .flatMap((path) => filesNamedBy(path, messageKinds))
    .some((path) => /\.(png|jpe?g|gif|webp|bmp)$/i.test(path))
    ? 'qr'
    : (flags.message ?? []).includes('-')
      ? 'stdin'
      : 'file';
