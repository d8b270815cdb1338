import { AirlockError } from '../../shared/airlock-error';
import type { Verdict } from '../../shared/transcript/verdict';
import type { Author } from './annotation';
import type { ArchiveError } from './archive-error';
import type { Refused } from './evidence/intake';
import { keptOf, putCeremony } from './index/ceremony';
import type { Derived } from './index/derived';
import { pinnedIn } from './index/entries';
import { withStanding } from './index/rows';
import { type Standing, standingIn } from './index/standing';
import type { Index } from './index/tables';
import type { Archivist } from './log/signing';
import { type Session, writing } from './log/writing';
import type { Place } from './place/place';
import type { Intake, Kept } from './work/job';
import { ahead, Workers } from './work/workers';

/** What became of a folder that was handed in. */
export interface Added {
  readonly path: string;
  readonly ceremony: string;
  readonly words: string;
  /** Number of its entry in the log: of the earlier one, where the folder was there already. */
  readonly n: number;
  readonly isNew: boolean;
  /** Of the whole ceremony. */
  readonly verdict: Verdict;
  /** How many folders of the ceremony there are now. */
  readonly additions: number;
  readonly files: number;
}

/**
 * Takes the transcript in a folder into the archive, as an addition to its ceremony, which is verified with
 * it. A folder that is there already, byte for byte, is not taken twice. Throws `ArchiveError`, and then
 * nothing of it is kept.
 */
export async function add(
  place: Place,
  path: string,
  archivist: Archivist,
  clock: () => Date,
): Promise<Added> {
  for await (const one of addAll(place, [path], { archivist, clock })) {
    if ('refused' in one) throw one.refused;
    return one;
  }
  throw new Error('one folder, and nothing became of it');
}

/** What is taken in by one signature after the other, but written to the disk at once. */
const MOST_AT_ONCE = 64;
const MOST_BYTES_AT_ONCE = 1 << 25;
/** Nobody who sees one folder after the other taken in should wait longer for the next. */
const LONGEST_MS = 1000;

/**
 * Takes the transcripts in these folders in, in their order; a folder that was refused already is passed on.
 * They are read, packed and verified on all cores before the archive is locked for those that are ready. Each
 * is refused by itself. Throws `ArchiveError` where the archive itself can't be used; of what was not given
 * back by then nothing is kept.
 */
export async function* addAll(
  place: Place,
  paths: Iterable<string | Refused>,
  author: Author,
): AsyncGenerator<Added | Refused> {
  const workers = new Workers();
  try {
    let batch: (Prepared | Refused)[] = [];
    let bytes = 0;
    let begun = performance.now();
    const take = async (): Promise<(Added | Refused)[]> => {
      const now = batch;
      [batch, bytes, begun] = [[], 0, performance.now()];
      return taken(place, now, author, workers);
    };
    const ready = ahead(paths, workers.width, async (path) =>
      typeof path === 'string' ? prepared(place, path, workers) : path,
    );
    for await (const one of ready) {
      // The next folder of a ceremony is verified together with those that are in the archive already.
      if (batch.some((other) => isOfSameCeremony(one, other))) yield* await take();
      batch.push(one);
      bytes += 'refused' in one ? 0 : one.bundle.packed.length;
      const isEnough =
        batch.length >= MOST_AT_ONCE || bytes >= MOST_BYTES_AT_ONCE || performance.now() - begun > LONGEST_MS;
      if (isEnough) yield* await take();
    }
    yield* await take();
  } finally {
    await workers.close();
  }
}

/** A folder with what it makes of its ceremony, where that is still as it was. */
interface Prepared extends Intake {
  readonly path: string;
  /** Null where the folder is there already. */
  readonly derived: Derived | null;
  readonly basis: string;
}

const isOfSameCeremony = (one: Prepared | Refused, other: Prepared | Refused): boolean =>
  !('refused' in one) && !('refused' in other) && one.ceremony === other.ceremony;

async function prepared(place: Place, path: string, workers: Workers): Promise<Prepared | Refused> {
  try {
    const intake = await workers.do({ kind: 'intake', path }, async () => null);
    const { index } = place;
    const [standing, pinned] = [await standingIn(index, intake.ceremony), await pinnedIn(index)];
    const derived = isThere(standing, intake)
      ? null
      : await derivedWith(place, intake, standing, pinned, workers);
    return { ...intake, path, derived, basis: basisOf(standing, pinned) };
  } catch (error) {
    return refusedBy(path, error);
  }
}

/** Whatever is wrong with one folder keeps no other from being taken; what is wrong with the archive does. */
function refusedBy(path: string, error: unknown): Refused {
  if (error instanceof AirlockError && !isOfArchive(error)) return { path, refused: error };
  throw error;
}

const OF_ARCHIVE: ReadonlySet<string> = new Set([
  'place-unusable',
  'place-read-only',
  'index-damaged',
  'index-differs',
  'log-broken',
  'not-archivist',
] satisfies ArchiveError['code'][]);

const isOfArchive = ({ code }: AirlockError): boolean => OF_ARCHIVE.has(code);

/** What a ceremony's rows are derived from, besides the folder itself. */
const basisOf = ({ additions }: Standing, pinned: ReadonlySet<string> | null): string =>
  JSON.stringify([additions.map(({ n }) => n), pinned === null ? null : [...pinned].sort()]);

const isThere = ({ additions }: Standing, { bundle }: Intake): boolean =>
  additions.some(({ folder }) => folder === bundle.folder);

async function derivedWith(
  place: Place,
  { bundle, ceremony }: Intake,
  { additions }: Standing,
  pinned: ReadonlySet<string> | null,
  workers: Workers,
): Promise<Derived> {
  const bundles: Kept[] = [];
  for (const addition of additions) bundles.push(await keptOf(place, addition));
  const { packed, folder, kept, scripts } = bundle;
  bundles.push({ packed, folder, kept });
  return workers.do(
    { kind: 'derive', id: ceremony, bundles, pinned },
    async (sha256) => scripts.get(sha256) ?? place.script(sha256),
  );
}

/** Writes those that were prepared, as the only writer. */
async function taken(
  place: Place,
  batch: readonly (Prepared | Refused)[],
  { archivist, clock }: Author,
  workers: Workers,
): Promise<(Added | Refused)[]> {
  if (batch.every((one) => 'refused' in one)) return [...batch];
  try {
    return await writing(place, archivist, clock, async (session) => {
      const done: (Added | Refused)[] = [];
      for (const one of batch)
        done.push('refused' in one ? one : await takenIn(place, session, one, workers));
      return done;
    });
  } catch (error) {
    return batch.map((one) => ('refused' in one ? one : refusedBy(one.path, error)));
  }
}

async function takenIn(
  place: Place,
  { writer, index, append }: Session,
  one: Prepared,
  workers: Workers,
): Promise<Added | Refused> {
  const { path, ceremony, words, bundle } = one;
  const { folder, kept, bytes, files } = bundle;
  const standing = await standingIn(index, ceremony);
  const said = { path, ceremony, words, files };
  const twin = standing.additions.find((addition) => addition.folder === folder);
  if (twin !== undefined) {
    const { verdict } = await verdictOf(index, ceremony);
    return { ...said, n: twin.n, isNew: false, verdict, additions: standing.additions.length };
  }
  let { derived } = one;
  try {
    const pinned = await pinnedIn(index);
    // Another program may have added to the ceremony meanwhile.
    if (derived === null || one.basis !== basisOf(standing, pinned))
      derived = await derivedWith(place, one, standing, pinned, workers);
  } catch (error) {
    return refusedBy(path, error);
  }
  const additions = [...standing.additions, { n: 0, folder, kept, bytes }];
  const { verdict } = derived.ceremony;
  await writer.keep(bundle);
  const { entry } = await append('addition', { ceremony, folder, kept, files, bytes, verdict });
  await putCeremony(index, place.engine, withStanding({ ...standing, additions }, derived));
  return { ...said, n: entry.n, isNew: true, verdict, additions: additions.length };
}

const verdictOf = (index: Index, ceremony: string) =>
  index.selectFrom('ceremony').select('verdict').where('id', '=', ceremony).executeTakeFirstOrThrow();
