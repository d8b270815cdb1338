import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../../store/folder';
import type { CeremonyPaths } from '../../store/home';
import { putSealed, readSealed } from '../../store/seal/sealed-file';
import { reasonOf, StoreError } from '../../store/store-error';
import { countAnswers } from '../attempt/answer-count';
import type { RawAnswer } from '../server/client';

/**
 * More than any answer to a share takes; what an answer leaves of it is room for the lines that come after.
 */
const RESERVED = 64 * 1024;
const PART = '.part';

/**
 * The place of an answer that comes only once, and that a root token hangs on (docs/server-facts.md, "The
 * last answer comes once"): on the disk before the request goes out, so that a full disk is noticed while
 * nothing is lost yet.
 */
export class AnswerFile {
  private used = false;

  private constructor(
    private readonly paths: CeremonyPaths,
    /** A name of its own: no other answer is ever written over. */
    private readonly part: string,
    private readonly file: number,
  ) {}

  /** Throws `StoreError` 'file-unwritable' where there is no room. */
  static reserve(paths: CeremonyPaths): AnswerFile {
    try {
      mkdirSync(paths.answers, { recursive: true, mode: 0o700 });
      const part = join(paths.answers, `${randomBytes(8).toString('hex')}${PART}`);
      const answer = new AnswerFile(paths, part, openSync(part, 'wx', 0o600));
      try {
        answer.write(new Uint8Array(RESERVED));
        syncFolder(paths.answers);
      } catch (error) {
        answer.close();
        throw error;
      }
      return answer;
    } catch (error) {
      throw new StoreError(
        'file-unwritable',
        `There is no place on this disk for the server's answer (${reasonOf(error)}), and it comes only once. The share was not sent: make room, then give the same share message again.`,
      );
    }
  }

  /** Puts a body on the disk, byte by byte and unread. Throws what the operating system throws. */
  keep(body: Uint8Array): void {
    this.used = true;
    this.write(body);
    ftruncateSync(this.file, body.length);
    fsyncSync(this.file);
    numberPart(this.paths, this.part);
  }

  /** Gives the place back where no answer came. */
  close(): void {
    try {
      closeSync(this.file);
      if (!this.used) rmSync(this.part, { force: true });
    } catch {
      // The answer is on the disk by now, or an error that says more is on its way.
    }
  }

  private write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.file, bytes, done, bytes.length - done, done);
    }
    fsyncSync(this.file);
  }
}

/**
 * Answers that were on the disk when the program ended, but hadn't got their number yet, get it now, in the
 * order in which they came. Half an answer is kept aside as `N.torn`, and counts as none.
 */
export function salvageAnswer(paths: CeremonyPaths): void {
  if (!existsSync(paths.answers)) return;
  const parts = readdirSync(paths.answers)
    .filter((name) => name.endsWith(PART))
    .map((name) => join(paths.answers, name))
    .map((path) => ({ path, writtenAt: statSync(path).mtimeMs }))
    .sort((a, b) => a.writtenAt - b.writtenAt);
  for (const { path } of parts) salvagePart(paths, path);
}

function salvagePart(paths: CeremonyPaths, path: string): void {
  const bytes = readFileSync(path);
  const length = bytes.findLastIndex((byte) => byte !== 0) + 1;
  if (length === 0) {
    rmSync(path);
  } else if (isJson(bytes.subarray(0, length))) {
    const file = openSync(path, 'r+');
    ftruncateSync(file, length);
    fsyncSync(file);
    closeSync(file);
    numberPart(paths, path);
  } else {
    renameSync(path, freePath(paths, 'torn'));
  }
}

/**
 * A kept answer, if it is the one that was kept (`HomeFinding`). Its status isn't kept: errors say of
 * themselves that they are.
 */
export function readKeptAnswer(paths: CeremonyPaths, n: number): RawAnswer {
  const body = readSealed(answerPath(paths, n)) ?? new Uint8Array();
  const status = /^\s*\{\s*"errors"/.test(new TextDecoder().decode(body)) ? 400 : 200;
  return { status, contentType: '', body, location: '', date: null };
}

const answerPath = (paths: CeremonyPaths, n: number): string => join(paths.answers, `${n}.raw`);

function numberPart(paths: CeremonyPaths, part: string): void {
  const path = freePath(paths, 'raw');
  putSealed(path, new Uint8Array(readFileSync(part)), () => {
    renameSync(part, path);
    syncFolder(paths.answers);
  });
}

/** The next number under which nothing lies yet. */
function freePath(paths: CeremonyPaths, extension: 'raw' | 'torn'): string {
  for (let n = countAnswers(paths) + 1; ; n++) {
    const path = join(paths.answers, `${n}.${extension}`);
    if (!existsSync(path)) return path;
  }
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}
