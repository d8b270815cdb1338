import { readableLines } from '../../../shared/transcript/readable-lines';
import { ArchiveError } from '../archive-error';
import type { EvidenceFile } from './bundle';
import { transcriptOf } from './folder-in-memory';

/**
 * Which ceremony a folder is of, as lower-case hex: the one that its journals name, also where they are
 * damaged further on. Throws `ArchiveError` 'no-transcript' where none of them names one.
 */
export function ceremonyIn(files: readonly EvidenceFile[], folder: string): string {
  for (const { journal } of transcriptOf(files).stations)
    for (const { ceremony } of readableLines(journal)) if (ceremony !== '') return ceremony;
  throw new ArchiveError(
    'no-transcript',
    `The folder ${folder} was not taken: no journal in it can be read that says of which ceremony it is.`,
  );
}
