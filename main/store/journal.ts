import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { EventData, EventName, JournalLine } from '../../shared/transcript/event';
import { NO_LINE, nextLine, parseJournal, type WrittenLine } from '../../shared/transcript/journal-line';
import { TranscriptError } from '../../shared/transcript/transcript-error';
import { ownBuild } from '../build';
import { version } from '../version';
import { syncFolder } from './folder';
import { openSeals, sealsForWriting } from './seal/open-homes';
import { reasonOf, StoreError } from './store-error';

/** Who writes, and for which ceremony: on every line. */
export interface JournalOrigin {
  /** Label of the station. */
  readonly station: string;
  /** Fingerprint of the person at it, hex. A ceremony's journal without it doesn't verify. */
  readonly who: string;
  /** Hex of the ceremony's id; '' before there is one. */
  readonly ceremony: string;
  readonly rehearsal: boolean;
  readonly clock: () => Date;
}

const NEWLINE = 0x0a;

/**
 * One station's journal file (JSON Lines, mode 0600). What `append` returned from is on the disk: announce an
 * effect with it before the effect happens.
 */
export class Journal {
  private written: WrittenLine[] = [];
  private size = 0;
  private broken = false;

  private constructor(
    readonly path: string,
    private readonly origin: JournalOrigin,
  ) {}

  /**
   * Opens the journal, or begins one where there is no file. The whole chain on disk is checked first, and
   * whose it is; nothing is changed on the disk where that isn't right. A last line without its newline is
   * what a power cut leaves. An effect that it announced had not happened yet; an outcome that it told of may
   * well have. Its bytes are kept beside the journal as `journal.torn`, and an exception is recorded.
   *
   * In an unlocked home the chain must be the one that its seals name: see `HomeSeals`.
   *
   * Throws `StoreError`: 'journal-broken', 'journal-of-another', 'journal-unreadable', 'journal-unwritable',
   * and `HomeFinding`.
   */
  static open(path: string, origin: JournalOrigin): Journal {
    const journal = new Journal(path, origin);
    const bytes = existsSync(path) ? readBytes(path) : new Uint8Array();
    const whole = bytes.lastIndexOf(NEWLINE) + 1;
    const torn = bytes.length - whole;
    journal.load(bytes.subarray(0, whole));
    journal.refuseAnother();
    openSeals(path)?.checkJournal(path, existsSync(path) ? bytes : null);
    if (torn > 0) {
      setAside(path, bytes.subarray(whole), whole);
      journal.append('exception', {
        text: `The last line of this journal was torn, as a power cut leaves it. Whether what it told of happened is not known from here: ask the server and the other stations. Its ${torn} bytes are kept in ${basename(tornPath(path))}.`,
      });
    }
    return journal;
  }

  /** How many lines there are. */
  get lines(): number {
    return this.written.length;
  }

  /** Lower-case hex SHA-256 of the last line; 64 zeros where there is none. */
  get head(): string {
    return this.written.at(-1)?.hash ?? NO_LINE;
  }

  /** All lines so far. */
  entries(): readonly JournalLine[] {
    return this.written.map(({ line }) => line);
  }

  /**
   * Writes one event and waits until it is on the disk. Lines that another program of this station has
   * appended meanwhile are taken in first. Throws `StoreError` 'home-locked', 'journal-unwritable',
   * 'journal-changed' (the file is no longer the one that was read), 'journal-broken', and `TranscriptError`
   * 'bad-event'.
   */
  append<E extends EventName>(event: E, data: EventData<E>): void {
    if (this.broken) throw unwritable('an earlier line could not be written');
    if (event !== 'program-build') this.noteBuild();
    const seals = sealsForWriting(this.path);
    const fd = this.openForAppend();
    try {
      if (fstatSync(fd).size !== this.size) this.reload();
      const { station, who, ceremony, rehearsal, clock } = this.origin;
      const at = clock().toISOString();
      const line = nextLine(
        this.written.at(-1) ?? null,
        { station, who, ceremony, rehearsal, at },
        event,
        data,
      );
      const becomes = { lines: this.lines + 1, head: line.hash };
      seals?.announceLine(this.path, becomes);
      this.write(fd, line);
      seals?.settle();
      if (this.lines === 1) syncFolder(dirname(this.path));
    } finally {
      closeSync(fd);
    }
  }

  /**
   * Says in the journal which build writes it from here on, where it doesn't say so yet. Not before its first
   * line, and only before another one: a journal that is read stays as it is.
   */
  private noteBuild(): void {
    const build = this.lines === 0 ? null : ownBuild();
    if (build === null) return;
    const last = this.written.findLast(({ line }) => line.event === 'program-build')?.line;
    const noted = last?.event === 'program-build' ? last.data : null;
    const data = { version, commit: build.commit, files: build.filesSha256 };
    const isNoted =
      noted?.version === data.version && noted.commit === data.commit && noted.files === data.files;
    if (!isNoted) this.append('program-build', data);
  }

  private openForAppend(): number {
    try {
      return openSync(this.path, 'a', 0o600);
    } catch (error) {
      throw unwritable(reasonOf(error));
    }
  }

  private write(fd: number, line: WrittenLine): void {
    const bytes = Buffer.from(`${line.text}\n`, 'utf8');
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
      fsyncSync(fd);
    } catch (error) {
      this.broken = true;
      try {
        ftruncateSync(fd, this.size);
        fsyncSync(fd);
      } catch {
        // What is left of the line is found and kept aside when the journal is opened again.
      }
      throw unwritable(reasonOf(error));
    }
    this.written.push(line);
    this.size += bytes.length;
  }

  private load(bytes: Uint8Array): void {
    try {
      this.written = bytes.length === 0 ? [] : parseJournal(bytes);
      this.size = bytes.length;
    } catch (error) {
      if (!(error instanceof TranscriptError)) throw error;
      throw new StoreError(
        'journal-broken',
        `The journal ${this.path} was changed since this station wrote it. ${error.message} Nothing was written to it. Keep the file as it is, tell the others, and begin the ceremony anew in another folder.`,
      );
    }
  }

  private reload(): void {
    const { lines, head } = this;
    this.load(existsSync(this.path) ? readBytes(this.path) : new Uint8Array());
    const same = lines === 0 || this.written[lines - 1]?.hash === head;
    if (same) {
      openSeals(this.path)?.checkJournal(this.path, readBytes(this.path));
      return;
    }
    this.broken = true;
    throw new StoreError(
      'journal-changed',
      `The journal ${this.path} is no longer the one that this station wrote: lines are missing or were replaced while it was open. Keep the file as it is and tell the others.`,
    );
  }

  private refuseAnother(): void {
    const last = this.written.at(-1)?.line;
    if (last === undefined) return;
    const { station, ceremony, rehearsal } = this.origin;
    const sameCeremony = last.ceremony === '' || last.ceremony === ceremony.toLowerCase();
    const sameMark = last.ceremony === '' || last.rehearsal === rehearsal;
    if (last.station === station && sameCeremony && sameMark) return;
    throw new StoreError(
      'journal-of-another',
      `The journal ${this.path} belongs to ${last.station}${last.rehearsal ? ', in a rehearsal' : ''}${sameCeremony ? '' : ', in another ceremony'}. Each station keeps its own: use another folder.`,
    );
  }
}

const tornPath = (path: string): string => join(dirname(path), `${basename(path, '.jsonl')}.torn`);

const unwritable = (reason: string): StoreError =>
  new StoreError(
    'journal-unwritable',
    `The journal cannot be written (${reason}). Nothing goes on without it: make room on the disk or check its permissions, then open the ceremony again.`,
  );

function readBytes(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new StoreError(
      'journal-unreadable',
      `The journal ${path} cannot be read (${reasonOf(error)}). Check the disk and the file's permissions.`,
    );
  }
}

/**
 * What a torn line says is whoever's who could write to the home: it never goes through a link, which would
 * carry it into another file of the same person. Throws what the system throws.
 */
function openAside(path: string): number {
  // Windows knows no such flag, and there only administrators make links.
  const noLink = constants.O_NOFOLLOW ?? 0;
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | noLink, 0o600);
  if (fstatSync(fd).nlink === 1) return fd;
  closeSync(fd);
  throw Object.assign(new Error(`${path} is one file with another`), { code: 'EMLINK' });
}

/** Moves a torn line aside, on disk first. `whole`: how many bytes of the journal come before it. */
function setAside(path: string, torn: Uint8Array, whole: number): void {
  try {
    const aside = openAside(tornPath(path));
    writeSync(aside, torn);
    writeSync(aside, '\n');
    fsyncSync(aside);
    closeSync(aside);
    syncFolder(dirname(path));
    const fd = openSync(path, 'r+');
    ftruncateSync(fd, whole);
    fsyncSync(fd);
    closeSync(fd);
  } catch (error) {
    throw unwritable(reasonOf(error));
  }
}
