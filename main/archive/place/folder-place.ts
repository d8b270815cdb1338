import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { makeFolders, syncFolder } from '../../store/folder';
import { reasonOf } from '../../store/store-error';
import { ArchiveError } from '../archive-error';
import type { Bundle } from '../evidence/bundle';
import { openSqlite } from '../index/engine-sqlite';
import { migrate } from '../index/migrations';
import type { Index } from '../index/tables';
import { parseLine, type WrittenEntry } from '../log/entry';
import type { Place, Wanted, Writer } from './place';

const LOG = 'log.jsonl';
const EVIDENCE = 'evidence';
const SCRIPTS = 'scripts';
/** Evidence that no entry of the log names yet: what a killed writer leaves there counts for nothing. */
const INCOMING = 'incoming';
const INDEX = 'index.db';
const NEWLINE = 0x0a;
const TAIL_BYTES = 65_536;

/**
 * Opens the archive in a folder. With 'make' a folder that is not there, or empty, becomes one. `index`:
 * where nothing can be written, leave the folder's own index alone. Throws `ArchiveError` 'no-archive',
 * 'not-an-archive', 'place-unusable', 'place-read-only', 'archive-too-new', 'index-damaged'.
 */
export async function openFolder(path: string, wanted: Wanted, index?: 'in memory'): Promise<Place> {
  const folder = resolve(path);
  const isThere = existsSync(join(folder, LOG));
  if (!isThere) {
    const others = existsSync(folder) ? namesIn(folder).filter((name) => !OURS.has(name)) : [];
    if (others.length > 0)
      throw new ArchiveError(
        'not-an-archive',
        `The folder ${folder} is no archive: it has no ${LOG}, and holds other things. Name an archive, or a new folder.`,
      );
    if (wanted !== 'make')
      throw new ArchiveError('no-archive', `There is no archive in ${folder}: nothing was ever added there.`);
  }
  const readOnly = isThere && !isWritable(folder);
  if (readOnly && wanted !== 'read')
    throw new ArchiveError(
      'place-read-only',
      `The archive in ${folder} can only be read here. Have its rights changed, or use the machine where it is kept.`,
    );
  try {
    if (!isThere) makeFolders(folder, 0o700);
    for (const name of readOnly ? [] : [EVIDENCE, join(EVIDENCE, SCRIPTS), INCOMING])
      makeFolders(join(folder, name), 0o700);
  } catch (error) {
    throw unusable(folder, error);
  }
  return new FolderPlace(folder, readOnly, ...(await indexOf(folder, readOnly, index)));
}

/** What a writer that was killed at the very beginning may have left. */
const OURS: ReadonlySet<string> = new Set([EVIDENCE, INCOMING, INDEX, `${INDEX}-journal`]);

/**
 * The index in the folder. Where it can't be used and nothing can be written, one in memory, to be filled.
 */
async function indexOf(
  folder: string,
  readOnly: boolean,
  where?: 'in memory',
): Promise<[index: Index, isOwn: boolean]> {
  const path = join(folder, INDEX);
  if (readOnly) {
    if (where === undefined && existsSync(path) && !existsSync(`${path}-journal`)) {
      const own = openSqlite(path, 'read-only');
      try {
        await migrate(own, 'sqlite', true);
        return [own, true];
      } catch {
        await own.destroy();
      }
    }
    const inMemory = openSqlite(':memory:', 'write');
    await migrate(inMemory, 'sqlite', false);
    return [inMemory, false];
  }
  let own: Index | undefined;
  try {
    own = openSqlite(path, 'write');
    await migrate(own, 'sqlite', false);
    return [own, true];
  } catch (error) {
    await own?.destroy();
    if (error instanceof ArchiveError) throw error;
    throw damagedIndex(folder, error);
  }
}

const damagedIndex = (folder: string, error: unknown): ArchiveError =>
  new ArchiveError(
    'index-damaged',
    `The index of the archive in ${folder} can’t be used (${error instanceof Error ? error.message : 'unknown reason'}). Evidence and log are no part of it: make the index anew.`,
    'Type airlock archive reindex.',
  );

/** Takes an index away that can't be read, so that a new one can be made. The old one stays beside it. */
export function setIndexAside(path: string): void {
  const index = join(resolve(path), INDEX);
  for (const end of ['', '-journal']) {
    if (existsSync(`${index}${end}`)) renameSync(`${index}${end}`, `${index}.damaged${end}`);
  }
}

function isWritable(folder: string): boolean {
  // Asking for rights says nothing of a disk that is mounted for reading, nor to root.
  try {
    closeSync(openSync(join(folder, LOG), 'r+'));
    return true;
  } catch (error) {
    if (['EROFS', 'EACCES', 'EPERM'].includes(reasonOf(error))) return false;
    throw unusable(folder, error);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw unusable(folder, error);
  }
}

const unusable = (folder: string, error: unknown): ArchiveError =>
  new ArchiveError(
    'place-unusable',
    `The archive in ${folder} can’t be used (${reasonOf(error)}). Nothing was changed. Check the disk, its room and its rights.`,
  );

class FolderPlace implements Place {
  readonly engine = 'sqlite';
  private readonly made: number | null;

  constructor(
    readonly name: string,
    readonly readOnly: boolean,
    readonly index: Index,
    readonly keepsIndex: boolean,
  ) {
    this.made = keepsIndex ? statSync(this.at(INDEX)).ino : null;
  }

  async lastLine(): Promise<string | null> {
    return this.usable(() => {
      if (!existsSync(this.at(LOG))) return null;
      const fd = openSync(this.at(LOG), 'r');
      try {
        return lastWholeLine(fd);
      } finally {
        closeSync(fd);
      }
    });
  }

  async hasTornEnd(): Promise<boolean> {
    return this.usable(
      () => existsSync(this.at(LOG)) && wholeLength(this.at(LOG)) < statSync(this.at(LOG)).size,
    );
  }

  isNumberedAsEntries(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async *lines(from: number): AsyncIterable<string> {
    if (!existsSync(this.at(LOG))) return;
    let n = 0;
    let rest: Uint8Array = new Uint8Array();
    const stream = createReadStream(this.at(LOG), { highWaterMark: 1 << 20 });
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        n += 1;
        if (n >= from) yield textOf(bytes.subarray(start, end));
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
  }

  async evidence(folder: string): Promise<Uint8Array | null> {
    return this.usable(
      () => readIfThere(this.at(evidencePath(folder))) ?? readIfThere(this.at(INCOMING, `${folder}.gz`)),
    );
  }

  async script(sha256: string): Promise<Uint8Array | null> {
    return this.usable(() => readIfThere(this.at(EVIDENCE, SCRIPTS, sha256)));
  }

  async *kept(): AsyncIterable<string> {
    for (const start of this.usable(() => readdirSync(this.at(EVIDENCE), { withFileTypes: true }))) {
      if (start.name === SCRIPTS) continue;
      const names = start.isDirectory() ? this.usable(() => readdirSync(this.at(EVIDENCE, start.name))) : [];
      for (const name of names) {
        const folder = name.replace(/\.gz$/, '');
        yield join(EVIDENCE, start.name, name) === evidencePath(folder) ? folder : `${start.name}/${name}`;
      }
      if (!start.isDirectory()) yield start.name;
    }
  }

  async writing<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.index.connection().execute(async (connection) => {
      const index = connection as Index;
      await begin(index);
      const pending = new Pending(this.name);
      try {
        this.refuseReplacedIndex();
        await this.settleNamed(index);
        pending.clear();
        const result = await work({
          index,
          keep: async (bundle) => pending.keep(bundle),
          append: async (entry) => void pending.entries.push(entry),
          forget: async (folder) => void pending.forgotten.push(folder),
        });
        this.refuseReplacedIndex();
        pending.commit();
        await this.commitIndex(index, pending);
        return result;
      } catch (error) {
        await sql`rollback`.execute(index).catch(() => undefined);
        if (!pending.isCommitted) pending.discard();
        if (error instanceof ArchiveError || !isOfSystem(error)) throw error;
        throw unusable(this.name, error);
      }
    });
  }

  /** Whoever deleted the index meanwhile, and made another, has another lock. */
  private refuseReplacedIndex(): void {
    if (existsSync(this.at(INDEX)) && statSync(this.at(INDEX)).ino === this.made) return;
    throw new ArchiveError(
      'index-damaged',
      `The index of the archive in ${this.name} was replaced meanwhile, and nothing was added. Try again.`,
    );
  }

  /**
   * Evidence that the log names, of a writer that was killed before it had moved it, is not in its place
   * yet.
   */
  private async settleNamed(index: Index): Promise<void> {
    if (readdirSync(this.at(INCOMING)).length === 0) return;
    const last = await index
      .selectFrom('entry')
      .select((all) => all.fn.max('n').as('n'))
      .executeTakeFirst();
    for await (const line of this.lines((last?.n ?? 0) + 1)) {
      const { entry } = parseLine(line);
      if (entry.event === 'addition') settle(this.name, [entry.data.folder]);
    }
  }

  private async commitIndex(index: Index, pending: Pending): Promise<void> {
    try {
      await sql`commit`.execute(index);
    } catch (error) {
      if (pending.entries.length === 0) throw error;
      throw new ArchiveError(
        'place-unusable',
        `The archive in ${this.name} has taken it: evidence and log are written. Only its index could not be. See to the disk; the index is brought up to date the next time.`,
      );
    }
  }

  close(): Promise<void> {
    return this.index.destroy();
  }

  private usable<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw unusable(this.name, error);
    }
  }

  private at(...path: readonly string[]): string {
    return join(this.name, ...path);
  }
}

/** How long one writer waits for another, in milliseconds. */
const PATIENCE_MS = 120_000;

/**
 * Waits for other writers to end. Not within the engine, which would keep this process from all else,
 * another writer in it included.
 */
async function begin(index: Index): Promise<void> {
  await sql`pragma busy_timeout = 50`.execute(index);
  for (const start = Date.now(); ; ) {
    try {
      await sql`begin immediate`.execute(index);
      break;
    } catch (error) {
      const isBusy = error instanceof ArchiveError && error.code === 'place-busy';
      if (!isBusy || Date.now() - start > PATIENCE_MS) throw error;
      await sleep(20 + 60 * Math.random());
    }
  }
  await sql`pragma busy_timeout = 10000`.execute(index);
}

const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

const evidencePath = (folder: string): string => join(EVIDENCE, folder.slice(0, 2), `${folder}.gz`);

/** What one writer is about to do, in the order in which it survives a crash at any moment. */
class Pending {
  readonly entries: WrittenEntry[] = [];
  readonly forgotten: string[] = [];
  private readonly bundles: string[] = [];
  isCommitted = false;

  constructor(private readonly folder: string) {}

  /** Removes what a writer left that came to no end: the log decides, and names none of it. */
  clear(): void {
    for (const name of readdirSync(join(this.folder, INCOMING)))
      rmSync(join(this.folder, INCOMING, name), { force: true });
  }

  /** Removes what this writer itself has kept so far. */
  discard(): void {
    for (const folder of this.bundles) rmSync(join(this.folder, INCOMING, `${folder}.gz`), { force: true });
  }

  keep({ folder, packed, scripts }: Bundle): void {
    for (const [sha256, bytes] of scripts) {
      const path = join(this.folder, EVIDENCE, SCRIPTS, sha256);
      if (existsSync(path)) continue;
      writeWhole(join(this.folder, INCOMING, sha256), bytes);
      syncFile(join(this.folder, INCOMING, sha256));
      renameSync(join(this.folder, INCOMING, sha256), path);
      syncFolder(join(this.folder, EVIDENCE, SCRIPTS));
    }
    writeWhole(join(this.folder, INCOMING, `${folder}.gz`), packed);
    this.bundles.push(folder);
  }

  /** First the evidence is on the disk, then the log names it: from there on it is in the archive. */
  commit(): void {
    if (this.entries.length > 0) {
      // All of them were written before the first is waited for, which takes the disk much less time.
      for (const folder of this.bundles) syncFile(join(this.folder, INCOMING, `${folder}.gz`));
      syncFolder(join(this.folder, INCOMING));
      this.append();
    }
    this.isCommitted = true;
    settle(this.folder, this.bundles);
    for (const folder of this.forgotten) rmSync(join(this.folder, evidencePath(folder)), { force: true });
  }

  private append(): void {
    const path = join(this.folder, LOG);
    const isNew = !existsSync(path);
    const fd = openSync(path, isNew ? 'wx+' : 'r+', 0o600);
    try {
      const { size } = fstatSync(fd);
      // What is torn was never committed.
      const start = wholeLengthOf(fd, size);
      const bytes = Buffer.from(this.entries.map(({ line }) => `${line}\n`).join(''));
      try {
        ftruncateSync(fd, start);
        for (let done = 0; done < bytes.length; )
          done += writeSync(fd, bytes, done, bytes.length - done, start + done);
        fsyncSync(fd);
      } catch (error) {
        ftruncateSync(fd, start);
        throw error;
      }
    } finally {
      closeSync(fd);
    }
    if (isNew) syncFolder(this.folder);
  }
}

/** Puts evidence that the log names into its place. */
function settle(archive: string, folders: readonly string[]): void {
  const changed = new Set<string>();
  for (const folder of folders) {
    const from = join(archive, INCOMING, `${folder}.gz`);
    if (!existsSync(from)) continue;
    const within = join(archive, EVIDENCE, folder.slice(0, 2));
    makeFolders(within, 0o700);
    renameSync(from, join(archive, evidencePath(folder)));
    changed.add(within);
  }
  for (const within of changed) syncFolder(within);
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, 'w', 0o600);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
  } finally {
    closeSync(fd);
  }
}

/** Waits until a file that was written is on the disk. */
function syncFile(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

const readIfThere = (path: string): Uint8Array | null => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return null;
    throw error;
  }
};

function lastWholeLine(fd: number): string | null {
  const end = wholeLengthOf(fd, fstatSync(fd).size);
  if (end === 0) return null;
  for (let length = TAIL_BYTES; ; length *= 2) {
    const start = Math.max(0, end - length);
    const bytes = Buffer.alloc(end - 1 - start);
    readSync(fd, bytes, 0, bytes.length, start);
    const newline = bytes.lastIndexOf(NEWLINE);
    if (newline >= 0 || start === 0) return textOf(bytes.subarray(newline + 1));
  }
}

function wholeLength(path: string): number {
  const fd = openSync(path, 'r');
  try {
    return wholeLengthOf(fd, fstatSync(fd).size);
  } finally {
    closeSync(fd);
  }
}

/** A line as text. One that is no UTF-8 must not become, by a replacement character, one that was there. */
const textOf = (line: Uint8Array): string =>
  Buffer.from(line.buffer, line.byteOffset, line.length).toString(isUtf8(line) ? 'utf8' : 'latin1');

/** Length of the file up to its last newline, that included. */
function wholeLengthOf(fd: number, size: number): number {
  for (let end = size; end > 0; end = Math.max(0, end - TAIL_BYTES)) {
    const start = Math.max(0, end - TAIL_BYTES);
    const bytes = Buffer.alloc(end - start);
    readSync(fd, bytes, 0, bytes.length, start);
    const newline = bytes.lastIndexOf(NEWLINE);
    if (newline >= 0) return start + newline + 1;
  }
  return 0;
}
