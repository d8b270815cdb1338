import type { Command } from 'commander';
import { asciiText, wipe } from '../../../shared/bytes';
import { OnlineStation } from '../../online/online-station';
import { serverOptionsFromEnv } from '../../online/server/environment';
import { type Home, HomeError } from '../../store/home';
import { type Identity, readIdentity } from '../../store/identity';
import { tokenInput } from '../parts/input-file';
import { asPerson, type HomeFlags } from '../parts/person';
import { type AddressFlags, addressOf, withAddress } from '../parts/server-address';
import type { Terminal } from '../parts/terminal';

/** Which server a station talks to, and for what. */
export interface ServerFlags extends HomeFlags, AddressFlags {
  readonly pin?: string;
  readonly serverTokenFile?: string;
  readonly rehearsal?: boolean;
}

/** Adds `--server`, `--address`, `--namespace`, `--pin` and `--server-token-file`. */
export const withServer = (command: Command): Command =>
  withAddress(command, 'address of the server (default: VAULT_ADDR or BAO_ADDR)')
    .option('--pin <sha256>', "SHA-256 of the server's certificate; any other is refused")
    .option(
      '--server-token-file <file>',
      'token for servers that want one (default: VAULT_TOKEN or BAO_TOKEN); - is standard input',
    );

/** Adds `--ceremony`. `what`: what the named ceremony is for. */
export const withCeremony = (command: Command, what: string): Command =>
  command.option('--ceremony <words>', `${what}: its two words or its id`);

/**
 * Works at the station of a home, with its identity unlocked meanwhile. Throws as `asPerson` and `stationOf`
 * do.
 */
export const withStation = <T>(
  terminal: Terminal,
  flags: ServerFlags,
  home: Home,
  work: (station: OnlineStation, identity: Identity) => Promise<T>,
): Promise<T> =>
  asPerson(terminal, home, flags, async (identity) =>
    work(await stationOf(terminal, flags, home, identity), identity),
  );

/**
 * The station of a home, at the server that flags and environment name. Throws `CliError` 'unreadable-file'
 * for the file of the server's token, and `OnlineError` for an address or a setting that can't be used.
 */
export async function stationOf(
  terminal: Terminal,
  flags: ServerFlags,
  home: Home,
  identity: Identity,
): Promise<OnlineStation> {
  const token =
    flags.serverTokenFile === undefined ? undefined : await tokenInput(terminal, flags.serverTokenFile);
  const server = serverOptionsFromEnv(terminal.env, {
    ...addressOf(flags),
    pin: flags.pin,
    token: token === undefined ? undefined : asciiText(token),
  });
  wipe(token);
  return new OnlineStation({
    home,
    identity,
    server,
    clock: () => terminal.now(),
    rehearsal: flags.rehearsal,
  });
}

/** Whoever is to stand on record. Throws `HomeError` 'identity-missing' and 'identity-damaged'. */
export function onRecord(home: Home): Identity {
  const identity = readIdentity(home);
  if (identity !== null) return identity;
  throw new HomeError(
    'identity-missing',
    `There is no identity in ${home.dir} yet, so nothing could be put on record. Make one: airlock identity create --name NAME --role operator`,
  );
}

/** For reading what a server says before anybody has an identity. Nothing is signed or recorded then. */
export const nobody = (terminal: Terminal): Identity => ({
  name: 'nobody',
  role: 'operator',
  station: 'unnamed',
  fingerprint: new Uint8Array(20),
  publicKey: new Uint8Array(),
  createdAt: terminal.now().toISOString(),
});
