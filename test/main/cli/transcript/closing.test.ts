import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain, vi } from 'vitest';
import { z } from 'zod';
import { type Home, openHome } from '../../../../main/store/home';
import { lockIdentity, type UnlockedIdentity, unlockIdentity } from '../../../../main/store/identity';
import { Journal } from '../../../../main/store/journal';
import { fromHex, toHex } from '../../../../shared/bytes';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { ceremonyWords } from '../../../../shared/words';
import { airlock, type Run } from '../fake-terminal';
import { PASSPHRASE } from '../fixtures';
import { shownIdentity } from '../printed';

/** Every identity that was unlocked, to see what became of its key. */
const unlocked = vi.hoisted((): UnlockedIdentity[] => []);
vi.mock(import('../../../../main/store/identity'), async (load) => {
  const real = await load();
  return {
    ...real,
    unlockIdentity: async (home, passphrase, clock) => {
      const identity = await real.unlockIdentity(home, passphrase, clock);
      unlocked.push(identity);
      return identity;
    },
  };
});

const id = 'ab'.repeat(16);
const closedTranscript = z.object({ checkpoint: z.string() });
const archived = z.object({ path: z.string(), signedOff: z.boolean() });

/** The homes of two stations, which the tests of this file work on one after the other. */
interface Stations {
  at(name: string): string;
  /** Runs `airlock ARGS --json` in that person's home; `answers`: to what is asked meanwhile. */
  as(name: string, args: readonly string[], answers?: readonly string[]): Promise<Run>;
  /** Something happens in Otto's ceremony: a line in its journal. */
  addLine(text: string): Promise<void>;
  /** The home journal's lines about checkpoints and signatures: event, type and digest, or code. */
  crossings(name: string): string[];
}

const test = plain.extend<{ $file: { stations: Stations } }>({
  stations: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'airlock-close-'));
      const at = (name: string): string => join(folder, name);
      writeFileSync(at('passphrase'), `${PASSPHRASE}\n`);
      const signing = ['--passphrase-file', at('passphrase')];
      await use({
        at,
        as: (name, args, answers = []) =>
          airlock([...args, '--home', at(name), ...signing, '--json'], { answers }),
        addLine: (text) => addLine(openHome(at('otto')), text),
        crossings: (name) => crossings(openHome(at(name))),
      });
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'file' },
  ],
});

const crossings = (home: Home): string[] =>
  parseJournal(readFileSync(home.journal())).flatMap(({ line: { event, data } }) =>
    'type' in data && (data.type === 'checkpoint' || data.type === 'signature')
      ? [
          `${event} ${data.type} ${data.digest} ${'code' in data ? data.code : 'carrier' in data ? data.carrier : ''}`,
        ]
      : [],
  );

async function addLine(home: Home, text: string): Promise<void> {
  const identity = await unlockIdentity(home, PASSPHRASE);
  try {
    const journal = Journal.open(home.makeCeremony(id).journal, {
      station: identity.station,
      who: toHex(identity.fingerprint),
      ceremony: id,
      rehearsal: false,
      clock: () => new Date(),
    });
    journal.append('exception', { text });
  } finally {
    lockIdentity(identity);
  }
}

describe('closing a transcript on a terminal', () => {
  test('two stations sign each other off, and the archive holds what anyone needs to check it', async ({
    stations: { at, as, addLine, crossings },
  }) => {
    for (const [name, role] of [
      ['otto', 'operator'],
      ['wanda', 'witness'],
    ] as const) {
      await as(name, ['identity', 'create', '--name', name, '--role', role]);
      await as(name, ['identity', 'show', '--out', at(`${name}.ur`)]);
    }
    for (const [name, other] of [
      ['otto', 'wanda'],
      ['wanda', 'otto'],
    ] as const) {
      const { words } = (await as(other, ['identity', 'show'])).as(shownIdentity);
      await as(name, ['identity', 'add', at(`${other}.ur`), '--words', words]);
    }
    await addLine('A line to close');

    const archive = at('archive');
    const early = await as('otto', ['transcript', 'archive', archive]);
    expect(early.json).toMatchObject({ signedOff: false });
    expect(early.err).toContain('not signed off, so verify.sh will fail');

    const checkpoint = at('checkpoint.ur');
    const closed = await as('otto', ['transcript', 'sign-off', '--out', checkpoint]);
    const { checkpoint: words } = closed.as(closedTranscript);
    const signature = at('signature.ur');
    const sign = ['transcript', 'sign', checkpoint, '--out', signature];
    const silent = await as('wanda', sign);
    expect(silent.error.code).toBe('not-confirmed');
    // The words are asked for before they are anywhere on this screen; the ceremony's own are there to be
    // compared.
    expect(silent.err).toContain(ceremonyWords(fromHex(id)));
    expect(silent.err).toMatch(/Type the four words/);
    expect(silent.err).not.toContain(words);
    expect((await as('wanda', sign, [words.toUpperCase().replaceAll(' ', ', ')])).code).toBe(0);
    const taken = await as('otto', ['transcript', 'take', signature]);
    expect(taken.json).toEqual({ signers: ['wanda'], journals: [], witnessed: [] });

    const [asked, arrived] = crossings('otto');
    const digestOf = (line: string | undefined): string => line?.split(' ')[2] ?? '';
    expect(crossings('otto')).toEqual([
      `message-sent checkpoint ${digestOf(asked)} file`,
      `message-received signature ${digestOf(arrived)} file`,
    ]);
    expect(crossings('wanda')).toEqual([
      `message-received checkpoint ${digestOf(asked)} file`,
      `message-refused checkpoint ${digestOf(asked)} not-confirmed`,
      `message-received checkpoint ${digestOf(asked)} file`,
      `message-sent signature ${digestOf(arrived)} file`,
    ]);

    const whole = await as('otto', ['transcript', 'archive', archive]);
    const { path, signedOff } = whole.as(archived);
    expect([signedOff, whole.err]).toEqual([true, '']);
    const sum = execFileSync('sha256sum', [join(path, 'journal.jsonl')])
      .toString()
      .slice(0, 64);
    expect(readFileSync(join(path, 'checkpoint.txt'), 'utf8')).toContain(sum);
    expect(readFileSync(join(archive, 'keys', 'wanda.asc'), 'utf8')).toContain('BEGIN PGP PUBLIC KEY BLOCK');
  });

  test('a witness takes the journal as a code, and archives what carrying its file would have given', async ({
    stations: { at, as },
  }) => {
    const log = await as('otto', ['transcript', 'log', '--qr', at('log')]);
    expect(log.json).toMatchObject({ lines: 1 });
    const taken = await as('wanda', ['transcript', 'take', at('log')]);
    expect(taken.json).toMatchObject({
      signers: [],
      witnessed: [],
      journals: [
        {
          ceremony: id,
          station: 'operator otto',
          from: 'otto',
          lines: 1,
          before: 0,
          closed: true,
          signers: ['otto', 'wanda'],
        },
      ],
    });
    const whole = await as('wanda', ['transcript', 'archive', at('by-code')]);
    expect(whole.code).toBe(0);
    const files = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String).sort();
    expect(files(at('by-code'))).toEqual(files(at('archive')));
    for (const name of files(at('archive')).filter((each) => /\.\w+$/.test(each)))
      expect(readFileSync(join(at('by-code'), name), 'utf8')).toBe(
        readFileSync(join(at('archive'), name), 'utf8'),
      );
    expect((await as('otto', ['transcript', 'take', at('log')])).error.code).toBe('own-journal');
    expect((await as('otto', ['transcript', 'log', '--ceremony', 'no such'])).error.code).toBe('usage');
  });

  test('a signature over an older checkpoint is refused once the journal was closed anew', async ({
    stations: { at, as, addLine, crossings },
  }) => {
    await addLine('One more line');
    const take = ['transcript', 'take', at('signature.ur')];
    expect((await as('otto', take)).error.code).toBe('not-signed-off');
    const archive = ['transcript', 'archive', at('archive')];
    expect((await as('otto', archive)).err).toContain('lines were added since, so verify.sh will fail');
    // Wanda had signed the earlier checkpoint: whoever signs off anew is told so, and asked.
    const signOff = ['transcript', 'sign-off'];
    const refused = await as('otto', signOff, ['no']);
    expect(refused.error.code).toBe('would-void');
    expect(refused.err).toMatch(/makes void what wanda signed: the checkpoint of \d\d:\d\d/);
    const { checkpoint } = (await as('otto', signOff, ['yes'])).as(closedTranscript);
    // As it is now signed off, it stays.
    expect((await as('otto', signOff)).json).toMatchObject({ checkpoint });
    expect((await as('otto', archive)).error.code).toBe('would-replace');
    expect((await as('otto', [...archive, '--replace'])).code).toBe(0);
    expect((await as('otto', take)).error.code).toBe('other-checkpoint');
    const turnedAway = crossings('otto').filter((line) => line.startsWith('message-refused signature '));
    expect(turnedAway.map((line) => line.split(' ').at(-1))).toEqual(['not-signed-off', 'other-checkpoint']);
  });

  test('no signing key is left in memory, however a command ended', () => {
    expect(unlocked.length).toBeGreaterThan(8);
    expect(unlocked.filter(({ privateKey }) => privateKey.some((byte) => byte !== 0))).toEqual([]);
  });
});
