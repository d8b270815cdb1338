import { fromHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { stationJournal } from '../../online/station-context';
import { leaveCeremony } from '../../online/task/leave';
import { archiveStations } from '../../store/archive';
import { recordCrossing } from '../../store/home-journal';
import { knownKeys } from '../../store/people';
import { signOff } from '../../store/sign-off';
import { stationTranscript } from '../../store/station-transcript';
import { checkpointMessage, takeSignature } from '../../store/witnessing';
import type { Cast, OfflinePlayer, OnlinePlayer } from './cast';
import type { Crossing } from './crossing';

/**
 * Everyone closes their journal, the witness signs each checkpoint, and all of it goes into one archive
 * folder.
 */
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
    stations.push(await player.station.transcript.archive(out));
  }
  for (const player of cast.operators) {
    await closeOnline(player, cast.witness, crossing, ceremony, clock);
    const paths = player.home.ceremony(ceremony);
    const transcript = stationTranscript(player.identity.station, paths, knownKeys(player.home));
    stations.push(...(await archiveStations(out, [transcript])));
  }
  return stations;
}

async function closeOffline(
  player: OfflinePlayer,
  witness: OfflinePlayer,
  crossing: Crossing,
): Promise<void> {
  const signature = await witnessed(
    await player.station.transcript.signOff(),
    player.name,
    witness,
    crossing,
  );
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
  const id = fromHex(ceremony);
  const recorder = { home: player.home, identity: player.identity, clock };
  leaveCeremony(recorder, ceremony);
  const checkpoint = await signOff(paths, player.identity);
  const asked = await checkpointMessage(player.identity, id, checkpoint, clock());
  const record = stationJournal(recorder, true);
  recordCrossing(record, 'out', asked, 'qr');
  const signed = await witnessed(asked, player.name, witness, crossing);
  const arrived = await crossing.readMessage(await crossing.draw(signed, witness.name));
  recordCrossing(record, 'in', arrived, 'qr');
  await takeSignature(arrived, paths, id, player.identity, knownKeys(player.home));
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
  return witness.station.witness.sign();
}
