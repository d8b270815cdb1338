import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { fromHex, wipe } from '../../../shared/bytes';
import type { MessageType } from '../../../shared/message/body';
import { expectMessage } from '../../../shared/message/direction';
import { wireBytes } from '../../../shared/message/wire';
import { urText } from '../../../shared/qr/ur';
import { ceremonyWords } from '../../../shared/words';
import { listCeremonies } from '../../offline/ceremony-list';
import { OfflineStation } from '../../offline/offline-station';
import type { Home } from '../../store/home';
import { version } from '../../version';
import { CliError } from '../parts/cli-error';
import { recordingRefusal } from '../parts/home-record';
import { refuseTwoReaders } from '../parts/input-file';
import { incomingCarrier } from '../parts/message-files';
import { readOneMessage } from '../parts/message-input';
import { namedCeremony } from '../parts/named-ceremony';
import { passphrase, withPassphrase } from '../parts/passphrase';
import { type HomeFlags, homeOf, identityOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';

/** Options of every step that is taken at an air-gapped laptop. */
export interface LaptopFlags extends HomeFlags {
  readonly ceremony?: string;
}

/** Adds `--home`, `--json`, `--format`, `--passphrase-file` and `--ceremony`. */
export const withLaptop = (command: Command): Command =>
  withPassphrase(withHome(command)).option(
    '--ceremony <words>',
    'which ceremony: its two words or its id (default: the only open one)',
  );

/** An air-gapped laptop whose person has given their passphrase. */
export interface Laptop {
  readonly terminal: Terminal;
  readonly home: Home;
  readonly station: OfflineStation;
  /** Wiped when the work ends. */
  readonly passphrase: Uint8Array;
}

/**
 * Does something at the air-gapped station of a home: the one that the window works at, too. It is locked
 * again whatever comes. `inputs`: other files that the step reads, of which one may be standard input. Throws
 * as `asPerson` does, `CliError` 'stdin-twice', and whatever the work throws.
 */
export async function atLaptop(
  terminal: Terminal,
  flags: LaptopFlags,
  inputs: readonly (string | undefined)[],
  work: (laptop: Laptop) => Promise<void>,
): Promise<void> {
  refuseTwoReaders([flags.passphraseFile, ...inputs]);
  const home = homeOf(terminal, flags);
  const { name } = identityOf(home);
  const secret = await passphrase(terminal, flags.passphraseFile, `Passphrase of ${name}: `);
  const station = new OfflineStation({
    home,
    clock: () => terminal.now(),
    random: (length) => new Uint8Array(randomBytes(length)),
    version,
    program: 'airlock offline',
  });
  try {
    await station.person.unlock(secret);
    await work({ terminal, home, station, passphrase: secret });
  } finally {
    station.lock();
    wipe(secret);
  }
}

/**
 * Opens the ceremony that `--ceremony` names, else the only one that isn't signed off. Throws `CliError`
 * 'ambiguous' and 'usage', `StationError`, `StoreError`.
 */
export async function openCeremony({ home, station }: Laptop, flags: LaptopFlags): Promise<void> {
  await station.openCeremony(namedCeremony(home, flags.ceremony) ?? onlyOpen(home));
}

/** Ids of this person's ceremonies that aren't signed off yet. */
export const openCeremonies = (home: Home): string[] =>
  listCeremonies(home)
    .filter(({ id, role }) => role !== 'unreadable' && !existsSync(home.ceremony(id).checkpoint))
    .map(({ id }) => id);

function onlyOpen(home: Home): string {
  const open = openCeremonies(home);
  const all = home.listCeremonies();
  // Where everything is signed off, a step can only be about what is over: the only one there is, if any.
  const [only, ...others] = open.length === 0 ? all : open;
  if (only !== undefined && others.length === 0) return only;
  throw new CliError(
    'ambiguous',
    only === undefined
      ? 'This home has no ceremony yet. An officer begins one with its plan: airlock offline plan. A custodian takes in the attempt: airlock offline attempt --message FILE.'
      : `This home has several ceremonies. Name one with --ceremony: ${[only, ...others]
          .map((id) => `“${ceremonyWords(fromHex(id))}”`)
          .join(', ')}.`,
  );
}

/**
 * Takes in the one message of these files as the window does, with the same checks and the same record, and
 * returns what the station says of it. Of another type than is asked for here, it is refused and recorded.
 * Throws as `readOneMessage` does, and by name what doesn't fit.
 */
export async function takeMessage(
  { terminal, station }: Laptop,
  paths: readonly string[],
  type: MessageType,
): Promise<string> {
  const message = await readOneMessage(terminal, paths);
  const read = incomingCarrier(paths);
  if (message.envelope.type !== type) {
    await recordingRefusal(station.transcript.record, message, async () =>
      expectMessage(message, { types: [type], to: station.identity().role }),
    );
  }
  // A scanner that types, and what is pasted, come by standard input.
  const taken = await station.receiveText(urText(wireBytes(message)), read === 'stdin' ? 'paste' : read);
  return taken.status === 'taken' ? taken.text : '';
}
