import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { verifyScript } from '../../shared/transcript/script/verify-script';
import { makeFolders } from '../store/folder';
import { reasonOf } from '../store/store-error';
import { ArchiveError } from './archive-error';
import type { EvidenceFile } from './evidence/bundle';
import { filesOf, folderOf } from './index/ceremony';
import { standingIn } from './index/standing';
import type { Place } from './place/place';
import { theCeremony } from './query';

/**
 * A ceremony's files: those of all its folders joined, or of the one that entry `n` added, exactly as it
 * came. Throws `ArchiveError`.
 */
export async function ceremonyFiles(place: Place, named: string, n: number | null): Promise<EvidenceFile[]> {
  const { id } = await theCeremony(place, named);
  const standing = await standingIn(place.index, id);
  if (n === null) return filesOf(place, standing);
  const addition = standing.additions.find((each) => each.n === n);
  if (addition === undefined)
    throw new ArchiveError(
      'unknown-ceremony',
      `Entry ${n} of the log added no folder to this ceremony that is still here.`,
    );
  return folderOf(place, addition);
}

/**
 * Writes a ceremony's files into a new folder, with a `verify.sh` where none came with them. Returns how many
 * came out of the archive. Throws `ArchiveError` 'folder-not-empty', 'evidence-damaged', 'evidence-missing'.
 */
export function writeFolder(folder: string, files: readonly EvidenceFile[]): number {
  try {
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw new ArchiveError('folder-not-empty', `The folder ${folder} has something in it. Name a new one.`);
    makeFolders(folder);
    for (const { path, bytes } of files) {
      const target = join(folder, ...path.split('/'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes, { flag: 'wx', mode: path === SCRIPT ? 0o755 : 0o644 });
    }
    if (!files.some(({ path }) => path === SCRIPT))
      writeFileSync(join(folder, SCRIPT), verifyScript(), { mode: 0o755 });
    return files.length;
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError(
      'place-unusable',
      `The folder ${folder} can’t be written (${reasonOf(error)}). What is in it so far is not the whole ceremony.`,
    );
  }
}

const SCRIPT = 'verify.sh';
