import { fromHex } from '../../shared/bytes';
import type { Verdict } from '../../shared/transcript/verdict';
import { ceremonyWords } from '../../shared/words';
import { bundleOf, type EvidenceFile } from './evidence/bundle';
import { ceremonyIn } from './evidence/ceremony-id';
import { readEvidence } from './evidence/intake';
import { joined } from './evidence/joined';
import { folderOf, putCeremony, rowsOf, standingIn } from './index/ceremony';
import { pinnedIn } from './index/entries';
import type { Archivist } from './log/signing';
import { writing } from './log/writing';
import type { Place } from './place/place';

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
  const files = readEvidence(path);
  const ceremony = ceremonyIn(files, path);
  const bundle = bundleOf(files);
  const words = ceremonyWords(fromHex(ceremony));
  return writing(place, archivist, clock, async ({ writer, index, append }) => {
    const standing = await standingIn(index, ceremony);
    const twin = standing.additions.find(({ folder }) => folder === bundle.folder);
    if (twin !== undefined) {
      const { verdict } = await index
        .selectFrom('ceremony')
        .select('verdict')
        .where('id', '=', ceremony)
        .executeTakeFirstOrThrow();
      const additions = standing.additions.length;
      return { path, ceremony, words, n: twin.n, isNew: false, verdict, additions, files: bundle.files };
    }
    const folders: (readonly EvidenceFile[])[] = [];
    for (const addition of standing.additions) folders.push(await folderOf(place, addition));
    const { folder, kept, bytes } = bundle;
    const additions = [...standing.additions, { n: 0, folder, kept, bytes }];
    const together = await joined([...folders, files]);
    const rows = await rowsOf({ ...standing, additions }, together, await pinnedIn(index));
    const { verdict } = rows.ceremony;
    await writer.keep(bundle);
    const { entry } = await append('addition', {
      ceremony,
      folder,
      kept,
      files: bundle.files,
      bytes,
      verdict,
    });
    await putCeremony(index, place.engine, rows);
    return {
      path,
      ceremony,
      words,
      n: entry.n,
      isNew: true,
      verdict,
      additions: additions.length,
      files: bundle.files,
    };
  });
}
