import { join, relative, sep } from 'node:path';
import { wipe } from '../../../shared/bytes';
import { NO_LINE, parseJournal } from '../../../shared/transcript/journal-line';
import { TranscriptError } from '../../../shared/transcript/transcript-error';
import { reasonOf, StoreError } from '../store-error';
import { bytesIn, hashOf, headOf, homeFiles, NEWLINE } from './home-files';
import { type FindingKind, HomeFinding } from './home-finding';
import { type JournalHead, SEALS, SealReader, type Seals, writeSeals } from './seal-file';

type Next = NonNullable<Seals['next']>;

const EMPTY: JournalHead = { lines: 0, head: NO_LINE };
const same = (a: JournalHead, b: JournalHead): boolean => a.lines === b.lines && a.head === b.head;

/**
 * The seals of one home, open while its person's key is unlocked. `seals.json` says what each file of the
 * home is, under a key that only unlocking yields: whoever writes to the home without the passphrase can't
 * make it say anything else, and as it is one file, an older copy of any other doesn't fit it.
 *
 * It is written before a file is, naming what the file is about to become, and again afterwards. A program
 * that is killed in between leaves both, and either is right. What remains: a home put back whole, seals and
 * all, is a home that was right once; nothing within it can tell.
 */
export class HomeSeals {
  private readonly file: SealReader;
  private seen = 0;

  /** `key`: 32 bytes, wiped by `close`. `report` is told of each finding once, before it is thrown. */
  constructor(
    private readonly dir: string,
    private readonly key: Uint8Array,
    private readonly report: (finding: HomeFinding) => void = () => undefined,
  ) {
    this.file = new SealReader(dir, key);
  }

  /** Takes the home as it is now. `pending`: the file that is written next. */
  adopt(pending?: { readonly path: string; readonly bytes: Uint8Array }): void {
    const { files, journals } = homeFiles(this.dir);
    const content: Seals = {
      v: 1,
      counter: 1,
      files: Object.fromEntries(files.map((name) => [name, hashOf(this.bytes(name)) ?? ''])),
      journals: Object.fromEntries(journals.map((name) => [name, headOf(this.bytes(name))])),
      next: pending === undefined ? null : { file: this.name(pending.path), sha256: hashOf(pending.bytes) },
    };
    this.save(content);
  }

  /** How many files and journals the seals name. */
  count(): { readonly files: number; readonly journals: number } {
    const { files, journals } = this.load();
    return { files: Object.keys(files).length, journals: Object.keys(journals).length };
  }

  /** Whether there are seals that were made with this key. */
  get areThere(): boolean {
    const found = this.file.read();
    return found !== 'missing' && found !== 'broken';
  }

  /**
   * Everything in the home that isn't as it was left. Files without which the home can go on, and which are
   * gone, are told of here, and left out of the seals from then on: deleting them is how a person agrees to
   * do without.
   */
  inspect(): HomeFinding[] {
    const content = this.load();
    const there = homeFiles(this.dir);
    const findings: HomeFinding[] = [];
    const look = (check: () => void): void => {
      try {
        check();
      } catch (error) {
        if (!(error instanceof HomeFinding)) throw error;
        findings.push(error);
      }
    };
    for (const name of new Set([...there.files, ...Object.keys(content.files)]))
      look(() => this.checkFile(join(this.dir, name), this.bytes(name)));
    for (const name of new Set([...there.journals, ...Object.keys(content.journals)]))
      look(() => this.checkJournal(join(this.dir, name), this.bytes(name)));
    for (const { kind, file } of findings)
      if (kind === 'missing' && DISPENSABLE.has(file))
        this.replace(join(this.dir, file), null, () => undefined);
    return findings;
  }

  /** Throws `HomeFinding` where a file's bytes (null: there is none) are not those that were left. */
  checkFile(path: string, bytes: Uint8Array | null): void {
    const name = this.name(path);
    const { files, next } = this.load();
    const found = hashOf(bytes);
    const sealed = files[name] ?? null;
    if (found === sealed || (next !== null && 'file' in next && next.file === name && next.sha256 === found))
      return;
    throw this.finding(found === null ? 'missing' : sealed === null ? 'added' : 'changed', name);
  }

  /**
   * Throws `HomeFinding` where a journal's whole lines are not the chain that was left. A line that is torn
   * is left by a power cut while it is written; to a journal that is signed off nothing is written.
   */
  checkJournal(path: string, bytes: Uint8Array | null): void {
    const name = this.name(path);
    const { files, journals, next } = this.load();
    const found = headOf(bytes);
    const isSignedOff = name.replace(/[^/]*$/, 'checkpoint.txt') in files;
    if (isSignedOff && bytes !== null && bytes.length > 0 && bytes.at(-1) !== NEWLINE)
      throw this.finding('changed', name);
    const sealed = journals[name] ?? EMPTY;
    const fits =
      same(found, sealed) ||
      (next !== null && 'journal' in next && next.journal === name && same(found, next));
    if (fits && isChain(bytes)) return;
    throw this.finding(bytes === null ? 'missing' : name in journals ? 'changed' : 'added', name);
  }

  /** Replaces a file (null: deletes it) by `write`, which has it on the disk when it returns. */
  replace(path: string, bytes: Uint8Array | null, write: () => void): void {
    this.announce({ file: this.name(path), sha256: hashOf(bytes) });
    write();
    this.settle();
  }

  /** Deletes a journal by `work`, which has it gone from the disk when it returns. */
  dropJournal(path: string, work: () => void): void {
    this.announceLine(path, EMPTY);
    work();
    this.settle();
  }

  /** Before a line is appended to a journal: what its head becomes. `settle` follows. */
  announceLine(path: string, becomes: JournalHead): void {
    this.announce({ journal: this.name(path), ...becomes });
  }

  /**
   * After what was announced is on the disk. Where there is no room for it, the announcement stands, which is
   * as right.
   */
  settle(): void {
    try {
      this.save({ ...settled(this.load(), true), next: null }, 'later');
    } catch (error) {
      if (error instanceof StoreError) throw error;
    }
  }

  /** The finding, once it was told of. */
  finding(kind: FindingKind, file: string): HomeFinding {
    const finding = new HomeFinding(kind, file, this.dir);
    this.report(finding);
    return finding;
  }

  /** The path of a file within the home. */
  name(path: string): string {
    return relative(this.dir, path).split(sep).join('/');
  }

  close(): void {
    wipe(this.key);
  }

  private announce(next: Next): void {
    const before = this.load();
    try {
      this.save({ ...settled(before, this.isDone(before.next)), next });
    } catch (error) {
      throw new StoreError(
        'state-unwritable',
        `The file ${join(this.dir, SEALS)} cannot be written (${reasonOf(error)}), and nothing is written without it. Make room on the disk or check its permissions, then try again.`,
      );
    }
  }

  /** Whether what was announced came to be: a program may have been killed before it. */
  private isDone(next: Seals['next']): boolean {
    if (next === null) return false;
    return 'file' in next
      ? hashOf(this.bytes(next.file)) === next.sha256
      : same(headOf(this.bytes(next.journal)), next);
  }

  /** Read each time: another program of this person may have worked here since. Throws `HomeFinding`. */
  private load(): Seals {
    const content = this.file.read();
    if (content === 'missing') throw this.finding('missing', SEALS);
    if (content === 'broken' || content.counter < this.seen) throw this.finding('changed', SEALS);
    this.seen = content.counter;
    return content;
  }

  /** 'later': should a power cut undo this, what stood there before is as right. */
  private save(content: Seals, named: 'now' | 'later' = 'now'): void {
    const counter = Math.max(content.counter, this.seen) + 1;
    writeSeals(this.dir, this.key, { ...content, counter }, named);
    this.seen = counter;
  }

  private readonly bytes = (name: string): Uint8Array | null => bytesIn(join(this.dir, name));
}

/** Without these a home can go on, with less in it. */
const DISPENSABLE: ReadonlySet<string> = new Set([
  'people.json',
  'custody.json',
  'station.json',
  'scripts.json',
]);

function settled(content: Seals, isDone: boolean): Seals {
  const { next } = content;
  if (next === null || !isDone) return content;
  if ('journal' in next) {
    const { journal, ...head } = next;
    const { [journal]: _, ...others } = content.journals;
    return { ...content, journals: head.lines === 0 ? others : { ...others, [journal]: head } };
  }
  const { [next.file]: _, ...others } = content.files;
  return { ...content, files: next.sha256 === null ? others : { ...others, [next.file]: next.sha256 } };
}

function isChain(bytes: Uint8Array | null): boolean {
  if (bytes === null) return true;
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
  try {
    if (whole.length > 0) parseJournal(whole);
    return true;
  } catch (error) {
    if (error instanceof TranscriptError) return false;
    throw error;
  }
}
