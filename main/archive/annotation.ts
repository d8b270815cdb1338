import { ArchiveError } from './archive-error';
import { allCeremonies, type Progress, refreshCeremonies } from './index/refresh';
import { standingIn } from './index/standing';
import type { EntryOf } from './log/entry';
import type { Archivist } from './log/signing';
import { type Session, writing } from './log/writing';
import type { Place } from './place/place';
import { theCeremony } from './query';

/** Who writes in whose name, by which clock, about which ceremony (its two words, or its id). */
export interface Author {
  readonly archivist: Archivist;
  readonly clock: () => Date;
}

/** Puts a note about a ceremony into the log; a search finds it. Throws `ArchiveError`. */
export const note = (place: Place, named: string, text: string, author: Author): Promise<number> =>
  annotated(place, named, author, async ({ append }, ceremony) => {
    const { entry } = await append('note', { ceremony, text });
    return entry.n;
  });

/** Puts a legal hold on a ceremony: until its release nothing of it may go. Throws `ArchiveError`. */
export const hold = (place: Place, named: string, reason: string, author: Author): Promise<number> =>
  annotated(place, named, author, async ({ append }, ceremony) => {
    const { entry } = await append('hold', { ceremony, reason });
    return entry.n;
  });

/** Ends a hold. Throws `ArchiveError` 'not-on-hold'. */
export const release = (place: Place, named: string, reason: string, author: Author): Promise<number> =>
  annotated(place, named, author, async ({ index, append }, ceremony) => {
    if ((await standingIn(index, ceremony)).held === 0)
      throw new ArchiveError('not-on-hold', 'This ceremony is not on hold: there is nothing to release.');
    const { entry } = await append('release', { ceremony, reason });
    return entry.n;
  });

/**
 * Deletes the evidence of a ceremony that has to go by law. Its entries stay in the log, and the tombstone
 * says who did that, when and why. Throws `ArchiveError` 'on-hold', 'gone'.
 */
export const tombstone = (place: Place, named: string, reason: string, author: Author): Promise<number> =>
  annotated(place, named, author, async ({ writer, index, append }, ceremony) => {
    const { held, additions } = await standingIn(index, ceremony);
    if (held === 1)
      throw new ArchiveError(
        'on-hold',
        'This ceremony is on hold: nothing of it may go. Release the hold first, and say why.',
      );
    if (additions.length === 0)
      throw new ArchiveError('gone', 'The evidence of this ceremony is gone already.');
    const folders = additions.map(({ folder }) => folder);
    const { entry } = await append('tombstone', { ceremony, reason, folders });
    for (const folder of folders) await writer.forget(folder);
    return entry.n;
  });

async function annotated(
  place: Place,
  named: string,
  { archivist, clock }: Author,
  work: (session: Session, ceremony: string) => Promise<number>,
): Promise<number> {
  const { id } = await theCeremony(place, named);
  return writing(place, archivist, clock, async (session) => {
    const n = await work(session, id);
    await refreshCeremonies(place, session.index, [id]);
    return n;
  });
}

/** Somebody whom compliance knows. */
export type KnownPerson = EntryOf<'people'>['data']['people'][number];

/** Those whom the archive knows, by name. */
export const peopleOf = ({ index }: Place): Promise<KnownPerson[]> =>
  index.selectFrom('pinned').select(['fingerprint', 'name']).orderBy('name').orderBy('fingerprint').execute();

/**
 * Changes whom the archive knows: from then on every ceremony is verified by them, and by nobody where none
 * is left. Throws `ArchiveError`. Returns how many are known now.
 */
export async function changePeople(
  place: Place,
  change: (known: readonly KnownPerson[]) => readonly KnownPerson[],
  { archivist, clock }: Author,
  progress: Progress = () => undefined,
): Promise<number> {
  return writing(place, archivist, clock, async ({ index, append }) => {
    const known = await index.selectFrom('pinned').select(['fingerprint', 'name']).execute();
    const byFingerprint = new Map(change(known).map((person) => [person.fingerprint, person]));
    const people = [...byFingerprint.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
    await append('people', { people });
    await refreshCeremonies(place, index, await allCeremonies(index), progress);
    return people.length;
  });
}
