import { openArchive } from '../../../main/archive/archive';
import { readEvidence } from '../../../main/archive/evidence/intake';
import { putCeremony } from '../../../main/archive/index/ceremony';
import { derive } from '../../../main/archive/index/derived';
import { withStanding } from '../../../main/archive/index/rows';
import { tokensOf } from '../../../main/archive/index/tokens';
import { fromHex } from '../../../shared/bytes';
import { ceremonyWords } from '../../../shared/words';
import { beganAt, idOf, serverOf, ticketOf, titleOf } from './corpus';

const PORTION = 2000;

/**
 * Fills an archive's index up to `count` ceremonies, from number `from` on, each after the ceremony in
 * `folder`, which is number 0: what is asked of an index needs no evidence.
 */
export async function fill(address: string, folder: string, from: number, count: number): Promise<void> {
  const { derived } = await derive(idOf(0), readEvidence(folder), null);
  const own = new Set(
    tokensOf(idOf(0), ceremonyWords(fromHex(idOf(0))), titleOf(0), ticketOf(0), serverOf(0)),
  );
  const rest = derived.tokens.filter((token) => !own.has(token));
  const place = await openArchive(address, 'write');
  for (let start = from; start < count; start += PORTION)
    await place.writing(async ({ index }) => {
      for (let n = start; n < Math.min(count, start + PORTION); n++) {
        const [id, began] = [idOf(n), new Date(beganAt(n)).toISOString()];
        const words = ceremonyWords(fromHex(id));
        const [title, ticket, server] = [titleOf(n), ticketOf(n), serverOf(n)];
        const standing = {
          id,
          additions: [],
          was: null,
          notes: [],
          held: 0,
          tombstone: null,
          since: began,
        } as const;
        const ceremony = { ...derived.ceremony, id, words, title, ticket, server, began, ended: began };
        const tokens = [...rest, ...tokensOf(id, words, title, ticket, server)];
        await putCeremony(index, place.engine, withStanding(standing, { ...derived, ceremony, tokens }));
      }
    });
  await place.close();
}
