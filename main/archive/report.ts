import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArchive } from '../report/archive';
import { reportPage } from '../report/page';
import type { EvidenceFile } from './evidence/bundle';
import { writeFolder } from './export';

/**
 * Draws a ceremony's files, as `ceremonyFiles` gives them, on one page of HTML. Its pictures are named as the
 * files are, `qr/…`. They are read from disk, so that the ceremony lies in a folder of its own meanwhile.
 */
export async function reportOf(files: readonly EvidenceFile[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-report-'));
  try {
    writeFolder(folder, files);
    return reportPage(await readArchive(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
