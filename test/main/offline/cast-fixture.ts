import type { Cast, OfflinePlayer } from '../../../main/cli/rehearse/cast';
import { identityMessage } from '../../../main/store/identity';
import { addPerson } from '../../../main/store/people';
import { toHex } from '../../../shared/bytes';
import { type SignedMessage, wireBytes } from '../../../shared/message/wire';
import { urText } from '../../../shared/qr/ur';

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
