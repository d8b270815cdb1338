import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArchive } from '../report/archive';
import { reportPage } from '../report/page';
import type { EvidenceFile } from './evidence/bundle';
import { writeFolder } from './export';

/**
 * Draws a ceremony's files, as `ceremonyFiles` gives them, on one page of HTML. Its pictures are named as the
 * files are, `qr/…`.
 */
export const reportOf = (files: readonly EvidenceFile[]): Promise<string> =>
  withReport(files, async (page) => page);

/**
 * Does something with that page while the ceremony lies in a folder of its own, from which its pictures are
 * read. Throws what the work throws.
 */
export async function withReport<T>(
  files: readonly EvidenceFile[],
  work: (page: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-report-'));
  try {
    writeFolder(folder, files);
    return await work(reportPage(await readArchive(folder)), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
