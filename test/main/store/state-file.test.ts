import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { destroyFile } from '../../../main/store/secret-file';
import { readState, writeState } from '../../../main/store/state-file';
import { StoreError } from '../../../main/store/store-error';
import { readTranscriptFolder } from '../../../main/store/transcript-folder';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'done';
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
}

const schema = z.strictObject({ step: z.string() });

describe('a state file', () => {
  test('comes back as it was written, for its owner alone', () => {
    const path = join(folder, 'state.json');
    expect(readState(path, schema)).toBeNull();
    writeState(path, { step: 'one' });
    writeState(path, { step: 'two' });
    expect(readState(path, schema)).toEqual({ step: 'two' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  test('that is damaged or of another shape is refused and left as it is', () => {
    const path = join(folder, 'state.json');
    for (const text of ['', '{"step":', '{"step":1}', '{"step":"one","more":1}']) {
      writeFileSync(path, text);
      expect([text, codeOf(() => readState(path, schema))]).toEqual([text, 'state-broken']);
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  test('that cannot be read or written is said to be so', () => {
    expect(codeOf(() => readState(folder, schema))).toBe('state-unreadable');
    expect(codeOf(() => writeState(join(folder, 'no', 'state.json'), {}))).toBe('state-unwritable');
  });
});

describe('a file that is destroyed', () => {
  test('is overwritten before it goes', () => {
    const path = join(folder, 'secret');
    writeFileSync(path, Buffer.alloc(200_000, 'secret'));
    // An open file outlives its name: what it holds afterwards is what was left on the disk.
    const fd = openSync(path, 'r');
    destroyFile(path);
    expect(existsSync(path)).toBe(false);
    const left = Buffer.alloc(200_001, 1);
    expect(readSync(fd, left, 0, left.length, 0)).toBe(200_000);
    expect(left.subarray(0, 200_000).every((byte) => byte === 0)).toBe(true);
  });

  test('may be gone already, or empty', () => {
    const path = join(folder, 'secret');
    expect(codeOf(() => destroyFile(path))).toBe('done');
    writeFileSync(path, '');
    destroyFile(path);
    expect(existsSync(path)).toBe(false);
  });

  test('that cannot be destroyed is said to be still there', () => {
    mkdirSync(join(folder, 'secret'));
    expect(codeOf(() => destroyFile(join(folder, 'secret')))).toBe('cannot-destroy');
  });
});

describe('a transcript folder', () => {
  test('is read as verify.sh sees it', () => {
    for (const name of ['keys', 'online', 'An officer', '.hidden', 'qr']) mkdirSync(join(folder, name));
    for (const name of ['online', 'An officer', '.hidden'])
      writeFileSync(join(folder, name, 'journal.jsonl'), name);
    writeFileSync(join(folder, 'online', 'checkpoint.txt'), 'head');
    writeFileSync(join(folder, 'online', 'checkpoint.txt.peter.asc'), 'signature');
    writeFileSync(join(folder, 'keys', 'peter.asc'), 'key');
    writeFileSync(join(folder, 'verify.sh'), '#!/bin/sh');
    const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
    expect(readTranscriptFolder(folder)).toEqual({
      stations: [
        { name: 'An officer', journal: bytes('An officer'), checkpoint: null, signatures: [] },
        {
          name: 'online',
          journal: bytes('online'),
          checkpoint: 'head',
          signatures: [{ name: 'peter', armored: 'signature' }],
        },
      ],
      keys: [{ name: 'peter', armored: 'key' }],
      strays: [{ path: '.hidden', kind: 'unknown' }],
      script: createHash('sha256').update('#!/bin/sh').digest('hex'),
      hasDrawings: true,
    });
  });

  test('that is not there is said to be so', () => {
    expect(codeOf(() => readTranscriptFolder(join(folder, 'no')))).toBe('folder-unreadable');
  });
});
