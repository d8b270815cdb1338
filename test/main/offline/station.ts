import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Cast, OfflinePlayer } from '../../../main/cli/rehearse/cast';
import { OfflineStation } from '../../../main/offline/offline-station';
import { openHome } from '../../../main/store/home';
import { identityMessage } from '../../../main/store/identity';
import { addPerson } from '../../../main/store/people';
import { toHex } from '../../../shared/bytes';
import type { Role } from '../../../shared/message/body';
import { type SignedMessage, wireBytes } from '../../../shared/message/wire';
import { urText } from '../../../shared/qr/ur';

/** A station with a person at it, in a home that is gone when the test ends. */
export async function newStation(name: string, role: Role): Promise<OfflineStation> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const station = new OfflineStation({
    home: openHome(folder),
    clock: () => new Date(),
    random: (length) => new Uint8Array(randomBytes(length)),
    version: '0.0.0',
    program: 'test',
  });
  await station.person.create({ name, role, station: '', passphrase: 'a passphrase of the tests' });
  return station;
}

/** `to` takes in who `who` is, and compares the words. */
export async function introduce(who: OfflineStation, to: OfflineStation): Promise<void> {
  const [id] = who.outbox.entries().keys();
  await to.receiveText(who.outbox.file(id ?? '').text, 'paste');
  await to.person.confirm(true);
}

/** A player's station reads a message as a code. */
export const take = (player: OfflinePlayer, message: SignedMessage) =>
  player.station.receiveText(urText(wireBytes(message)), 'qr');

/** The officer, the custodians and the operators come to know each other. */
export async function acquaint({ officer, custodians, operators }: Cast): Promise<void> {
  const now = new Date();
  const offline = [officer, ...custodians];
  const identities = [
    ...offline.flatMap(({ station }) => [...station.outbox.entries().values()].map(({ message }) => message)),
    ...(await Promise.all(operators.map(({ identity }) => identityMessage(identity, now)))),
  ];
  const othersThan = ({ fingerprint }: { readonly fingerprint: Uint8Array }) =>
    identities.filter(({ envelope }) => toHex(envelope.from) !== toHex(fingerprint));
  for (const player of offline)
    for (const message of othersThan(player.station.identity())) {
      await take(player, message);
      await player.station.person.confirm(true);
    }
  for (const { home, identity } of operators)
    for (const message of othersThan(identity))
      await addPerson(home, message as SignedMessage<'identity'>, now);
}
