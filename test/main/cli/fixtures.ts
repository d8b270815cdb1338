import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as plain } from 'vitest';
import { verifyScript } from '../../../shared/transcript/script/verify-script';
import { archiveOf, ceremonyPlans } from '../../shared/transcript/archive';

export const PASSPHRASE = 'correct horse battery';

/** Tests of commands, with what they work on: each made when a test asks for it, and gone with the test. */
export const test = plain.extend<{
  folder: string;
  /** A file with a passphrase that is long enough. */
  passphraseFile: string;
  /** An archive of a whole ceremony, as it verifies. */
  archive: string;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'airlock-cli-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  passphraseFile: async ({ folder }, use) => {
    const path = join(folder, 'passphrase');
    writeFileSync(path, `${PASSPHRASE}\n`);
    await use(path);
  },
  archive: async ({ folder }, use) => {
    const archive = join(folder, 'archive');
    const { stations, keys } = await archiveOf(await ceremonyPlans());
    for (const { name, journal, checkpoint, signatures } of stations) {
      mkdirSync(join(archive, name), { recursive: true });
      writeFileSync(join(archive, name, 'journal.jsonl'), journal);
      writeFileSync(join(archive, name, 'checkpoint.txt'), checkpoint ?? '');
      for (const { name: signer, armored } of signatures) {
        writeFileSync(join(archive, name, `checkpoint.txt.${signer}.asc`), armored);
      }
    }
    mkdirSync(join(archive, 'keys'));
    writeFileSync(join(archive, 'verify.sh'), verifyScript());
    for (const { name, armored } of keys) writeFileSync(join(archive, 'keys', `${name}.asc`), armored);
    await use(archive);
  },
});
