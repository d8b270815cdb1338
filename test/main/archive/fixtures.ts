import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, test as plain } from 'vitest';
import type { Author } from '../../../main/archive/annotation';
import { openArchive } from '../../../main/archive/archive';
import type { Archivist } from '../../../main/archive/log/signing';
import type { Place, Wanted } from '../../../main/archive/place/place';
import { makeKeyPair } from '../../../shared/openpgp/key-pair';
import { verifyScript } from '../../../shared/transcript/script/verify-script';
import { archiveOf, ceremonyPlans, type Plan } from '../../shared/transcript/archive';
import { startPostgres } from '../../system/postgres.mjs';

export const ENGINES = ['sqlite', 'postgres'] as const;
export type EngineName = (typeof ENGINES)[number];

type Server = Awaited<ReturnType<typeof startPostgres>>;
let server: Server | null = null;

/** The server of this file's tests. */
export function postgres(): Server {
  if (server === null) throw new Error('usePostgres was not called');
  return server;
}

/** Starts PostgreSQL for the tests of a file, and ends it with them. */
export function usePostgres(): void {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server?.stop();
    server = null;
  });
}

let databases = 0;

/** Where a new archive of that engine can be. */
export const newAddress = (engine: EngineName, folder: string): string =>
  engine === 'sqlite' ? join(folder, 'archive') : postgres().address(`archive_${++databases}`);

export async function archivistNamed(name: string): Promise<Archivist> {
  const pair = await makeKeyPair({
    name,
    algorithm: 'curve25519',
    now: new Date('2026-05-01T08:00:00Z'),
    use: 'sign',
  });
  return { name, role: 'archivist', ...pair };
}

/** A clock that goes on by a second each time that it is asked. */
export function clockFrom(start: string): () => Date {
  let now = Date.parse(start);
  return () => {
    now += 1000;
    return new Date(now);
  };
}

/** Writes a transcript of these stations into a new folder, as `airlock transcript archive` would. */
export async function writeTranscript(folder: string, plans: readonly Plan[]): Promise<string> {
  const { stations, keys } = await archiveOf(plans);
  const put = (path: string, content: Uint8Array | string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const { name, journal, checkpoint, signatures } of stations) {
    const station = name.replace(/[^\w]+/g, '-').toLowerCase();
    put(`${station}/journal.jsonl`, journal);
    put(`${station}/checkpoint.txt`, checkpoint ?? '');
    for (const { name: signer, armored } of signatures)
      put(`${station}/checkpoint.txt.${signer}.asc`, armored);
  }
  for (const { name, armored } of keys) put(`keys/${name}.asc`, armored);
  put('verify.sh', verifyScript());
  return folder;
}

/** A ceremony's stations, of that id and day. */
export async function stationsOf(id: string, day = '2026-05-01'): Promise<Plan[]> {
  const plans = await ceremonyPlans();
  return plans.map((plan) => ({ ...plan, ceremony: id, begins: Date.parse(`${day}T09:00:00Z`) }));
}

export const idOf = (n: number): string => n.toString(16).padStart(32, 'c');

/** All files below a folder, by their paths. */
export function filesIn(folder: string, at = ''): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
    const path = at === '' ? entry.name : `${at}/${entry.name}`;
    if (entry.isDirectory()) for (const [name, bytes] of filesIn(folder, path)) files.set(name, bytes);
    else files.set(path, readFileSync(join(folder, path)));
  }
  return files;
}

/** Tests of an archive, with what they work on. */
export const test = plain.extend<{
  folder: string;
  at: (name: string) => string;
  author: Author;
  /** Opens an archive, which is closed with the test. */
  open: (address: string, wanted?: Wanted) => Promise<Place>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'airlock-archive-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  at: async ({ folder }, use) => use((name) => join(folder, name)),
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  author: async ({}, use) =>
    use({ archivist: await archivistNamed('Iris'), clock: clockFrom('2026-06-01T10:00:00Z') }),
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  open: async ({}, use) => {
    const places: Place[] = [];
    await use(async (address, wanted = 'make') => {
      const place = await openArchive(address, wanted);
      places.push(place);
      return place;
    });
    for (const place of places) await place.close();
  },
});
