import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuseAesKw } from '../../shared/openpgp/aes-kw';
import { readArchive } from '../report/archive';
import { reportSheet } from '../report/page';
import { pictureAddress } from '../report/picture-address';
import { printedReport } from './report-printer';

/**
 * Prints the report of a transcript's folder, as this program draws it: a page that lies there is not read.
 * Pictures of codes are those in which a message was read. Returns the PDF. Throws `StoreError`
 * 'folder-unreadable' and `StationError` 'not-printed'.
 */
export async function printedFolder(folder: string): Promise<Uint8Array> {
  refuseAesKw(webcrypto.subtle);
  const archive = await readArchive(folder);
  const pictures = archive.pictures.flatMap(({ files }) => files);
  return printedReport(
    reportSheet(archive),
    new Map(pictures.map((file) => [`/${pictureAddress(file)}`, readFileSync(join(folder, file))])),
  );
}
