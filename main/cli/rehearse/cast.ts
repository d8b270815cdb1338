import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Role } from '../../../shared/message/body';
import type { SignedMessage } from '../../../shared/message/wire';
import { OfflineStation } from '../../offline/offline-station';
import { OnlineStation } from '../../online/online-station';
import type { ServerOptions } from '../../online/server/environment';
import { type Home, openHome } from '../../store/home';
import { createIdentity, identityMessage, type UnlockedIdentity } from '../../store/identity';
import { addPerson } from '../../store/people';
import { type Crossing, messageIn } from './crossing';

/** Someone at an air-gapped laptop. */
export interface OfflinePlayer {
  readonly name: string;
  readonly home: Home;
  readonly station: OfflineStation;
  readonly passphrase: string;
}

/** Someone at an online station. */
export interface OnlinePlayer {
  readonly name: string;
  readonly home: Home;
  readonly identity: UnlockedIdentity;
  readonly station: OnlineStation;
}

export interface Cast {
  readonly officer: OfflinePlayer;
  readonly custodians: readonly OfflinePlayer[];
  readonly witness: OfflinePlayer;
  readonly operators: readonly [OnlinePlayer, OnlinePlayer];
}

export interface CastOptions {
  /** A folder of the rehearsal's own; every player gets a home in it. */
  readonly homes: string;
  readonly custodians: number;
  readonly server: ServerOptions;
  readonly version: string;
  readonly clock: () => Date;
}

/** Makes every player's home and identity, each under a passphrase of its own that nobody is told. */
export async function makeCast(options: CastOptions): Promise<Cast> {
  const offline = (name: string, role: Role, label: string) => offlinePlayer(options, name, role, label);
  const custodians: OfflinePlayer[] = [];
  for (let number = 1; number <= options.custodians; number++) {
    custodians.push(await offline(`Custodian ${number}`, 'custodian', `Custodian ${number}`));
  }
  return {
    officer: await offline('Officer', 'officer', 'Officer'),
    custodians,
    witness: await offline('Witness', 'witness', 'Witness'),
    operators: [
      await onlinePlayer(options, 'Operator A', 'Station A'),
      await onlinePlayer(options, 'Operator B', 'Station B'),
    ],
  };
}

async function offlinePlayer(
  options: CastOptions,
  name: string,
  role: Role,
  label: string,
): Promise<OfflinePlayer> {
  const home = openHome(join(options.homes, label));
  const station = new OfflineStation({
    home,
    clock: options.clock,
    random: (length) => new Uint8Array(randomBytes(length)),
    version: options.version,
    program: 'airlock rehearse',
  });
  const passphrase = randomBytes(16).toString('hex');
  await station.person.create({ name, role, station: label, passphrase });
  return { name, home, station, passphrase };
}

async function onlinePlayer(options: CastOptions, name: string, label: string): Promise<OnlinePlayer> {
  const home = openHome(join(options.homes, label));
  const passphrase = randomBytes(16).toString('hex');
  const identity = await createIdentity(home, {
    name,
    role: 'operator',
    station: label,
    passphrase,
    now: options.clock(),
  });
  const station = new OnlineStation({
    home,
    identity,
    server: options.server,
    clock: options.clock,
    rehearsal: true,
  });
  return { name, home, identity, station };
}

/** Everyone shows their identity as a QR picture, and everyone else takes it in. */
export async function introduceAll(cast: Cast, crossing: Crossing, clock: () => Date): Promise<number> {
  const offline = [cast.officer, ...cast.custodians, cast.witness];
  const shown: { readonly name: string; readonly message: SignedMessage }[] = [];
  for (const player of offline) {
    const code = [...player.station.outbox.entries().values()].find(
      ({ message }) => message.envelope.type === 'identity',
    );
    if (code !== undefined) shown.push({ name: player.name, message: code.message });
  }
  for (const player of cast.operators) {
    shown.push({ name: player.name, message: await identityMessage(player.identity, clock()) });
  }
  for (const { name, message } of shown) {
    const drawn = await crossing.draw(message, name);
    const texts = await crossing.read(drawn);
    for (const player of offline.filter((other) => other.name !== name)) {
      for (const text of texts) await player.station.receiveText(text, 'qr');
      await player.station.person.confirm(true);
    }
    for (const player of cast.operators.filter((other) => other.name !== name)) {
      await addPerson(player.home, messageIn(texts, drawn), clock());
    }
  }
  return shown.length;
}
