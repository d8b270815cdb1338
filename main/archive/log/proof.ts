import { fromBase64, toHex } from '../../../shared/bytes';
import { isPlainSignature } from '../../../shared/openpgp/plain-armor';
import { parseSignersKey } from '../../../shared/openpgp/public-key';
import { verifyDetached } from '../../../shared/openpgp/signature';
import { ArchiveError } from '../archive-error';
import { type Entry, NO_ENTRY, parseLine, type WrittenEntry } from './entry';
import type { Head, KeptHead } from './head';

/** Something in a log that is not as its archivists left it. */
export interface LogFinding {
  /** The entry that it is about; null: about none that is there. */
  readonly n: number | null;
  readonly message: string;
}

/** Whose keys may sign, as the log itself says; a binary key by its fingerprint (upper-case hex). */
export type Archivists = ReadonlyMap<string, Uint8Array>;

/**
 * Follows a log from its first entry. Entries are given one by one in their order; what is wrong with each is
 * named, and from then on the log is followed as it stands.
 */
export class LogProof {
  readonly findings: LogFinding[] = [];
  /** What is right, and to be read all the same. */
  readonly notes: LogFinding[] = [];
  private readonly archivists = new Map<string, Uint8Array>();
  private last: { readonly n: number; readonly hash: string; readonly at: string } | null = null;
  private found: number | null = null;
  /** Lines since the last entry that are no entries. */
  private unread = 0;

  /** `kept`: an earlier head, which is looked for. */
  constructor(private readonly kept: KeptHead | null) {}

  get head(): Head | null {
    return this.last === null ? null : { n: this.last.n, hash: this.last.hash };
  }

  get keys(): Archivists {
    return this.archivists;
  }

  /**
   * Takes the next line in. Null where it is no entry; the next one is then looked for behind it.
   * Throws `ArchiveError` 'archive-too-new'.
   */
  async take(line: string): Promise<WrittenEntry | null> {
    const n = (this.last?.n ?? 0) + 1 + this.unread;
    let written: WrittenEntry;
    try {
      written = parseLine(line);
    } catch (error) {
      // What a later version writes is nothing that was changed.
      if (!(error instanceof ArchiveError) || error.code === 'archive-too-new') throw error;
      this.findings.push({ n, message: `Entry ${n} was changed: ${error.message}` });
      this.unread += 1;
      return null;
    }
    const { entry, hash } = written;
    this.checkChain(entry, n);
    await this.checkSigner(written);
    if (this.kept?.fits(hash)) this.found = entry.n;
    this.last = { n: entry.n, hash, at: entry.at };
    this.unread = 0;
    return written;
  }

  /** Says whether what stood under the earlier head still stands, once all lines were taken in. */
  finish(): void {
    if (this.last === null && this.unread === 0)
      this.findings.push({ n: null, message: 'The log is empty: all of it was taken away.' });
    if (this.kept === null || this.found !== null) {
      if (this.kept !== null && this.kept.n !== null && this.kept.n !== this.found)
        this.findings.push({
          n: this.found,
          message: `The head that was kept is that of entry ${this.found}, and was kept as that of entry ${this.kept.n}.`,
        });
      return;
    }
    const { n } = this.kept;
    const last = (this.last?.n ?? 0) + this.unread;
    this.findings.push(
      n === null
        ? {
            n: null,
            message:
              'No entry of this log has the head that was kept: entries that stood under it were taken away, changed or replaced.',
          }
        : n > last
          ? {
              n: last + 1,
              message: `The log ends at entry ${last}, and the head that was kept is of entry ${n}: ${last + 1 === n ? `entry ${n} was` : `entries ${last + 1} to ${n} were`} taken away.`,
            }
          : {
              n,
              message: `Entry ${n} is another than the one whose head was kept: it, or one before it, was replaced.`,
            },
    );
  }

  private checkChain(entry: Entry, n: number): void {
    const last = this.last;
    if (entry.n !== n)
      this.findings.push({
        n,
        message:
          entry.n > n
            ? `${entry.n === n + 1 ? `Entry ${n} was` : `Entries ${n} to ${entry.n - 1} were`} taken away: entry ${entry.n} stands in ${entry.n === n + 1 ? 'its' : 'their'} place.`
            : `Where entry ${n} belongs, entry ${entry.n} stands.`,
      });
    // What it follows from can't be read, which is said already.
    else if (this.unread === 0 && entry.prev !== (last?.hash ?? NO_ENTRY))
      this.findings.push({
        n: last === null ? 1 : n - 1,
        message:
          last === null
            ? 'Entry 1 does not begin a log: entries before it were taken away.'
            : `Entry ${n} follows from another entry ${n - 1} than the one that stands there: one of them was changed or replaced.`,
      });
    if (last === null) return;
    const isBehind = Date.parse(entry.at) < Date.parse(last.at);
    if (isBehind && entry.behind !== true)
      this.findings.push({
        n: entry.n,
        message: `Entry ${entry.n} is back-dated: it claims to be of ${entry.at}, and the one before it is of ${last.at}.`,
      });
    if (entry.behind === true)
      this.notes.push({
        n: entry.n,
        message: `Entry ${entry.n} says of itself that its clock, ${entry.at}, stood behind that of the entry before it.`,
      });
  }

  private async checkSigner(written: WrittenEntry): Promise<void> {
    const { entry } = written;
    if (entry.event === 'opened') {
      if (entry.n === 1) await this.admit(entry.who, entry.data.publicKey, entry.n);
      else
        this.findings.push({ n: entry.n, message: `Entry ${entry.n} begins another log within this one.` });
    } else if (entry.n === 1 && this.unread === 0)
      this.findings.push({
        n: 1,
        message: 'The log does not say whose it is: its first entry was taken away.',
      });
    const key = this.archivists.get(entry.who);
    if (key === undefined)
      this.findings.push({
        n: entry.n,
        message: `Entry ${entry.n} is by ${entry.who}, who is no archivist of this archive.`,
      });
    else if (!(await fits(written, key)))
      this.findings.push({
        n: entry.n,
        message: `Entry ${entry.n} is not what its archivist signed: it was changed, or somebody else wrote it.`,
      });
    if (entry.event === 'archivist') await this.admit(entry.data.fingerprint, entry.data.publicKey, entry.n);
  }

  private async admit(fingerprint: string, publicKey: string, n: number): Promise<void> {
    try {
      const key = await parseSignersKey(fromBase64(publicKey));
      if (toHex(key.fingerprint).toUpperCase() !== fingerprint) throw new Error('another key');
      this.archivists.set(fingerprint, key.binary);
    } catch {
      this.findings.push({ n, message: `The archivist’s key in entry ${n} is not the one that it names.` });
    }
  }
}

async function fits({ signed, signature }: WrittenEntry, key: Uint8Array): Promise<boolean> {
  if (!isPlainSignature(signature)) return false;
  try {
    await verifyDetached(signed, signature, key);
    return true;
  } catch {
    return false;
  }
}
