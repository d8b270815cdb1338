import { openArchive } from '../../../main/archive/archive';
import { countCeremonies, type Filter, listCeremonies } from '../../../main/archive/query';
import { statsOf } from '../../../main/archive/stats';
import { beganAt, serverOf } from './corpus';

/** What is asked of an archive, and how long each answer takes, in milliseconds. */
export interface Answered {
  /** From the program's own opening, its parts read already, to the newest twenty. */
  readonly open: number;
  readonly search: number;
  /** As a command asks: besides the newest twenty, how many there are. */
  readonly counted: number;
  /** The slowest of the filters, and its name. */
  readonly filter: number;
  readonly slowest: string;
  readonly stats: number;
  readonly rssMb: number;
}

const TIMES = 9;
/** Each ceremony of one city in seven has both; so one in seven is found. */
export const WORDS = ['lisbon', 'custodian'] as const;

/** Asks the archive at `address`, which has `count` ceremonies; for a process of its own. */
export async function ask(address: string, count: number): Promise<Answered> {
  const begun = performance.now();
  const place = await openArchive(address, 'read');
  await listCeremonies(place, {}, { limit: 20 });
  const open = performance.now() - begun;
  const median = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
    return times.toSorted((a, b) => a - b)[TIMES >> 1] ?? 0;
  };
  const list = (filter: Filter) => listCeremonies(place, filter, { limit: 20 });
  const words = { words: WORDS.join(' ') };
  const search = await median(() => list(words));
  const counted = await median(async () => [await list(words), await countCeremonies(place, words)]);
  const half = new Date(beganAt(count / 2)).toISOString();
  const filters: Record<string, Filter> = {
    server: { server: new URL(serverOf(3)).hostname },
    person: { person: 'custodian-1' },
    'nobody’s person': { person: 'nobody' },
    role: { role: 'witness' },
    verdict: { verdict: 'broken' },
    'not revoked': { notRevoked: true },
    'until a day': { to: half },
    ticket: { ticket: 'CHG-100003' },
    'no rehearsal': { rehearsal: false },
  };
  let [filter, slowest] = [0, ''];
  for (const [name, wanted] of Object.entries(filters)) {
    const time = await median(() => list(wanted));
    if (time > filter) [filter, slowest] = [time, name];
  }
  const stats = await median(() => statsOf(place));
  await place.close();
  return { open, search, counted, filter, slowest, stats, rssMb: process.memoryUsage.rss() / 2 ** 20 };
}
