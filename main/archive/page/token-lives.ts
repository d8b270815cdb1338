import type { PageLives, TokenLife } from '../../../shared/archive/page';
import type { JournalLine } from '../../../shared/transcript/event';
import { readableLines } from '../../../shared/transcript/readable-lines';
import { ArchiveError } from '../archive-error';
import { transcriptOf } from '../evidence/folder-in-memory';
import { filesOf, standingIn } from '../index/ceremony';
import type { Place } from '../place/place';

/** How many of the newest ceremonies are opened: their journals alone say how long a token lived. */
const OPENED = 24;

/** How long the root tokens of the newest ceremonies lived; rehearsals are left out. */
export async function livesIn(place: Place): Promise<PageLives> {
  const rows = await place.index
    .selectFrom('ceremony')
    .select(['id', 'words', 'began'])
    .where('rehearsal', '=', 0)
    .where('additions', '>', 0)
    .where('tokens', '>', 0)
    .orderBy('place', 'desc')
    .limit(OPENED)
    .execute();
  const lives: TokenLife[] = [];
  for (const { id, words, began } of rows)
    lives.push({ id, words, at: began, seconds: await lifeOf(place, id) });
  return { lives };
}

async function lifeOf(place: Place, id: string): Promise<number | null> {
  try {
    const { stations } = transcriptOf(await filesOf(place, await standingIn(place.index, id)));
    return lifeIn(stations.flatMap(({ journal }) => readableLines(journal)));
  } catch (error) {
    // What is wrong with the evidence is said where the ceremony itself is shown.
    if (error instanceof ArchiveError) return null;
    throw error;
  }
}

/**
 * Seconds from the share that completed an attempt to the first proof that its token was revoked, by the
 * clocks of the stations that wrote the two. Null where these are not of one token, or where the clocks
 * contradict each other.
 */
export function lifeIn(lines: readonly JournalLine[]): number | null {
  const made = lines.filter((line) => line.event === 'share-submitted' && line.data.complete);
  const revoked = lines.filter((line) => line.event === 'token-revoked' && line.data.proof !== '');
  const accessors = new Set(
    revoked.map((line) => (line.event === 'token-revoked' ? line.data.accessor : '')),
  );
  const [first] = made;
  const end = Math.min(...revoked.map(({ at }) => Date.parse(at)));
  if (first === undefined || made.length > 1 || accessors.size > 1 || !Number.isFinite(end)) return null;
  const seconds = Math.round((end - Date.parse(first.at)) / 1000);
  return seconds >= 0 ? seconds : null;
}
