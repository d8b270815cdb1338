import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Inbox } from '../../../../main/station/intake/inbox';
import { openHome } from '../../../../main/store/home';
import { readPreferences, writePreferences } from '../../../../main/store/preferences';
import { standardPreferences } from '../../../../shared/ipc/preference-choices';
import { makeOutgoing, urText } from '../../../../shared/qr/ur';

const bytesOf = (seed: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 7) % 256);
const long = makeOutgoing(bytesOf(1, 900), 200);
const otherLong = makeOutgoing(bytesOf(2, 900), 200);

describe('What comes in', () => {
  test('keeps the parts of a message while another, whole one comes in', () => {
    const inbox = new Inbox();
    for (const index of [0, 1, 2]) inbox.text(long.part(index));
    expect(inbox.text(urText(bytesOf(3, 40)))).toEqual({ bytes: bytesOf(3, 40) });
    expect(inbox.progress).toMatchObject({ have: 3, of: long.partCount });
    expect(inbox.text(long.part(3))).toMatchObject({ have: 4, fresh: true, switched: false });
  });

  test('keeps them while another moving code is read to its end', () => {
    const inbox = new Inbox();
    for (const index of [0, 1, 2]) inbox.text(long.part(index));
    let whole = false;
    for (let index = 0; index < otherLong.partCount && !whole; index++) {
      try {
        whole = 'bytes' in inbox.text(otherLong.part(index));
      } catch {
        // The first parts are refused: they could be anyone's.
      }
    }
    expect(whole).toBe(true);
    expect(inbox.progress).toMatchObject({ have: 3, of: long.partCount });
  });

  test('says from which part on another message is being read', () => {
    const inbox = new Inbox();
    inbox.text(long.part(0));
    const switched: boolean[] = [];
    for (let index = 0; index < otherLong.partCount - 1; index++) {
      try {
        const read = inbox.text(otherLong.part(index));
        if ('status' in read) switched.push(read.switched);
      } catch {
        // As above.
      }
    }
    expect(switched[0]).toBe(true);
    expect(switched.filter((is) => is)).toHaveLength(1);
  });

  test('is forgotten by a reset', () => {
    const inbox = new Inbox();
    inbox.text(long.part(0));
    inbox.reset();
    expect(inbox.progress).toBeNull();
  });
});

describe('How codes are shown and read on a station', () => {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-preferences-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is remembered, and falls back to the standard where the file is broken', () => {
    const home = openHome(folder);
    expect(readPreferences(home)).toEqual(standardPreferences);
    const chosen = { speed: 9, density: 400, camera: 'HD Webcam', lockAfter: null };
    writePreferences(home, chosen);
    expect(readPreferences(openHome(folder))).toEqual(chosen);
    expect(JSON.parse(readFileSync(home.preferences(), 'utf8'))).toEqual(chosen);
    writePreferences(home, { ...chosen, speed: 1000 });
    expect(readPreferences(home)).toEqual(standardPreferences);
  });

  test('are kept of a version that knew no lock by itself', () => {
    const home = openHome(folder);
    const before = { speed: 9, density: 400, camera: 'HD Webcam' };
    writeFileSync(home.preferences(), JSON.stringify(before));
    expect(readPreferences(home)).toEqual({ ...before, lockAfter: 10 });
  });
});
