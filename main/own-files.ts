import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const CHUNK_BYTES = 1024 * 1024;

const pause = (): Promise<void> => new Promise((done) => setImmediate(done));

/**
 * Electron lets a program see into its archive as if that were a folder. What runs in here sees it as the
 * file that it is.
 */
function onTheDisk<T>(look: () => T): T {
  const before = process.noAsar ?? false;
  process.noAsar = true;
  try {
    return look();
  } finally {
    process.noAsar = before;
  }
}

/**
 * SHA-256 (lower-case hex) of the list of all files below a folder, as `package/proof/sums.mjs` writes it and
 * `sha256sum` checks it. The files are read once: piece by piece from `begin` on, so that nobody waits, or at
 * one go where it is asked for sooner.
 */
export class OwnFiles {
  private known: string | null = null;

  constructor(private readonly folder: string) {}

  /** Throws what the system throws where a file can't be read. */
  digest(): string {
    if (this.known !== null) return this.known;
    const steps = this.steps();
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return this.keep(step.value);
  }

  /** The same, a piece a turn of the event loop. */
  async begin(): Promise<void> {
    const steps = this.steps();
    while (this.known === null) {
      const step = steps.next();
      if (step.done) this.keep(step.value);
      await pause();
    }
    steps.return('');
  }

  private keep(digest: string): string {
    this.known = digest;
    return digest;
  }

  /** Reads a piece at each step, and ends with the digest. */
  private *steps(): Generator<void, string> {
    const list = createHash('sha256');
    for (const path of this.paths()) {
      const hash = createHash('sha256');
      yield* addFile(hash, join(this.folder, path));
      list.update(`${hash.digest('hex')}  ${path}\n`);
    }
    return list.digest('hex');
  }

  private paths(): string[] {
    const entries = onTheDisk(() => readdirSync(this.folder, { recursive: true, withFileTypes: true }));
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.folder, join(entry.parentPath ?? entry.path, entry.name)))
      .map((path) => path.replaceAll(sep, '/'))
      .sort((a, b) => (a < b ? -1 : 1));
  }
}

function* addFile(hash: Hash, file: string): Generator<void> {
  const handle = onTheDisk(() => openSync(file, 'r'));
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) {
      hash.update(chunk.subarray(0, read));
      yield;
    }
  } finally {
    closeSync(handle);
  }
}
