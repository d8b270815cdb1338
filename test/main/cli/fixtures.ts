import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as plain, vi } from 'vitest';
import type { Role } from '../../../shared/message/body';
import { verifyScript } from '../../../shared/transcript/script/verify-script';
import { archiveOf, ceremonyPlans } from '../../shared/transcript/archive';
import { airlock, type Run } from './fake-terminal';

export const PASSPHRASE = 'correct horse battery';

/** Tests of commands, with what they work on: each made when a test asks for it, and gone with the test. */
export const test = plain.extend<{
  folder: string;
  /** A place of that name in the folder. */
  at: (name: string) => string;
  /** Where a person's home is, once there is one. */
  home: string;
  /** A file with a passphrase that is long enough. */
  passphraseFile: string;
  /** Options of a command that signs in `home`. */
  signing: readonly string[];
  /** Makes an identity under that passphrase, in `home` unless `more` names another. */
  create: (name: string, role: Role, ...more: readonly string[]) => Promise<Run>;
  /** What commands say that write to the process's own streams. */
  streams: { out: string; err: string };
  /** An archive of a whole ceremony, as it verifies. */
  archive: string;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'airlock-cli-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  at: async ({ folder }, use) => use((name) => join(folder, name)),
  home: async ({ at }, use) => use(at('home')),
  passphraseFile: async ({ at }, use) => {
    writeFileSync(at('passphrase'), `${PASSPHRASE}\n`);
    await use(at('passphrase'));
  },
  signing: async ({ home, passphraseFile }, use) =>
    use(['--home', home, '--passphrase-file', passphraseFile]),
  // An option that is given twice counts as the last one says.
  create: async ({ signing }, use) =>
    use((name, role, ...more) =>
      airlock(['identity', 'create', '--name', name, '--role', role, ...signing, ...more]),
    ),
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  streams: async ({}, use) => {
    const streams = { out: '', err: '' };
    const spies = (['out', 'err'] as const).map((name) =>
      vi.spyOn(name === 'out' ? process.stdout : process.stderr, 'write').mockImplementation((text) => {
        streams[name] += text;
        return true;
      }),
    );
    await use(streams);
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
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
