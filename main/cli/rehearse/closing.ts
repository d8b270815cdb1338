import { fromHex } from '../../../shared/bytes';
import { type SignedMessage, signMessage } from '../../../shared/message/wire';
import { verifyDetached } from '../../../shared/openpgp/signature';
import { archiveStation } from '../../store/archive';
import { knownKeys } from '../../store/people';
import { keepSignature, signOff } from '../../store/sign-off';
import type { Cast, OfflinePlayer, OnlinePlayer } from './cast';
import type { Crossing } from './crossing';

/** Everyone closes their journal, the witness signs each checkpoint, and all of it goes into one archive folder. */
export async function closeTranscripts(
  cast: Cast,
  crossing: Crossing,
  ceremony: string,
  out: string,
  clock: () => Date,
): Promise<string[]> {
  const stations: string[] = [];
  for (const player of [cast.officer, ...cast.custodians]) {
    if (!player.home.listCeremonies().includes(ceremony)) continue;
    await closeOffline(player, cast.witness, crossing);
    stations.push(await player.station.archive(out));
  }
  for (const player of cast.operators) {
    await closeOnline(player, cast.witness, crossing, ceremony, clock);
    const paths = player.home.ceremony(ceremony);
    stations.push(await archiveStation(out, player.identity.station, paths, knownKeys(player.home)));
  }
  return stations;
}

async function closeOffline(
  player: OfflinePlayer,
  witness: OfflinePlayer,
  crossing: Crossing,
): Promise<void> {
  const signature = await witnessed(await player.station.signOff(), player.name, witness, crossing);
  for (const text of await crossing.read(await crossing.draw(signature, witness.name)))
    await player.station.receiveText(text, 'qr');
}

async function closeOnline(
  player: OnlinePlayer,
  witness: OfflinePlayer,
  crossing: Crossing,
  ceremony: string,
  clock: () => Date,
): Promise<void> {
  const paths = player.home.ceremony(ceremony);
  const checkpoint = await signOff(paths, player.identity);
  const message = await signMessage(
    {
      v: 1,
      type: 'checkpoint',
      ceremony: fromHex(ceremony),
      prev: null,
      issuedAt: clock().toISOString(),
      from: player.identity.fingerprint,
      body: { text: checkpoint.text },
    },
    player.identity.privateKey,
  );
  const signed = await crossing.readMessage(
    await crossing.draw(await witnessed(message, player.name, witness, crossing), witness.name),
  );
  if (signed.envelope.type !== 'signature')
    throw new Error('the witness answered with something else than a signature');
  const { publicKey } = witness.station.identity();
  await verifyDetached(checkpoint.bytes, signed.envelope.body.signature, publicKey);
  await keepSignature(paths, witness.name, signed.envelope.body.signature);
}

/** The witness reads a checkpoint from its picture and signs it. */
async function witnessed(
  checkpoint: SignedMessage,
  from: string,
  witness: OfflinePlayer,
  crossing: Crossing,
): Promise<SignedMessage> {
  for (const text of await crossing.read(await crossing.draw(checkpoint, from)))
    await witness.station.receiveText(text, 'qr');
  return witness.station.witnessDesk.sign();
}
