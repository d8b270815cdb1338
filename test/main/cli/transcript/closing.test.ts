import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { registerIdentity } from '../../../../main/cli/identity/identity';
import type { Terminal } from '../../../../main/cli/parts/terminal';
import { registerTranscript } from '../../../../main/cli/transcript/transcript';
import { openHome } from '../../../../main/store/home';
import { lockIdentity, type UnlockedIdentity, unlockIdentity } from '../../../../main/store/identity';
import { Journal } from '../../../../main/store/journal';
import { fromHex, toHex } from '../../../../shared/bytes';
import type { JournalLine } from '../../../../shared/transcript/event';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { ceremonyWords } from '../../../../shared/words';

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

const folder = mkdtempSync(join(tmpdir(), 'airlock-close-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const passphraseFile = join(folder, 'passphrase');
writeFileSync(passphraseFile, 'a passphrase of the tests\n');

/** What was said to a person lately, and what they answer when they are asked. */
let said = '';
let answers: string[] = [];

/** Runs `airlock ARGS` in this process; what it printed, or throws what it threw. */
async function airlock(...args: string[]): Promise<Record<string, unknown>> {
  let printed = '';
  said = '';
  const terminal: Terminal = {
    env: {},
    now: () => new Date(),
    print: (text) => {
      printed += text;
    },
    say: (text) => {
      said += text;
    },
    readStdin: async () => new Uint8Array(),
    ask: async (question) => {
      said += question;
      return answers.shift() ?? null;
    },
    askSecret: async () => null,
    setExitCode: () => undefined,
  };
  const program = new Command('airlock').exitOverride();
  registerIdentity(program, terminal);
  registerTranscript(program, terminal);
  await program.parseAsync([...args, '--json'], { from: 'user' });
  return JSON.parse(printed) as Record<string, unknown>;
}

/** The home journal's lines about checkpoints and signatures: event, type and digest, or code. */
const crossings = (name: string): string[] =>
  parseJournal(readFileSync(openHome(home(name)).journal()))
    .map(({ line }: { readonly line: JournalLine }) => line)
    .flatMap(({ event, data }) =>
      'type' in data && (data.type === 'checkpoint' || data.type === 'signature')
        ? [
            `${event} ${data.type} ${data.digest} ${'code' in data ? data.code : 'carrier' in data ? data.carrier : ''}`,
          ]
        : [],
    );

const home = (name: string): string => join(folder, name);
const as = (name: string, ...args: string[]): string[] => [
  ...args,
  '--home',
  home(name),
  '--passphrase-file',
  passphraseFile,
];

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'nothing was refused';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** Something happens in Otto's ceremony: a line in its journal. */
async function addLine(text: string): Promise<void> {
  const otto = openHome(home('otto'));
  const identity = await unlockIdentity(otto, 'a passphrase of the tests');
  try {
    const journal = Journal.open(otto.makeCeremony(id).journal, {
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

const id = 'ab'.repeat(16);

describe('closing a transcript on a terminal', () => {
  test('two stations sign each other off, and the archive holds what anyone needs to check it', async () => {
    for (const [name, role] of [
      ['otto', 'operator'],
      ['wanda', 'witness'],
    ] as const) {
      await airlock(...as(name, 'identity', 'create', '--name', name, '--role', role));
      await airlock(...as(name, 'identity', 'show', '--out', join(folder, `${name}.ur`)));
    }
    for (const [name, other] of [
      ['otto', 'wanda'],
      ['wanda', 'otto'],
    ] as const) {
      const { words } = await airlock(...as(other, 'identity', 'show'));
      await airlock(...as(name, 'identity', 'add', join(folder, `${other}.ur`), '--words', String(words)));
    }
    await addLine('A line to close');

    const archive = join(folder, 'archive');
    expect(await airlock(...as('otto', 'transcript', 'archive', archive))).toMatchObject({
      signedOff: false,
    });
    expect(said).toContain('not signed off, so verify.sh will fail');

    const checkpoint = join(folder, 'checkpoint.ur');
    const closed = await airlock(...as('otto', 'transcript', 'sign-off', '--out', checkpoint));
    const signature = join(folder, 'signature.ur');
    expect(await codeOf(airlock(...as('wanda', 'transcript', 'sign', checkpoint, '--out', signature)))).toBe(
      'not-confirmed',
    );
    // The words are asked for before they are anywhere on this screen; the ceremony's own are there to be
    // compared.
    expect(said).toContain(ceremonyWords(fromHex(id)));
    expect(said).toMatch(/Type the four words/);
    expect(said).not.toContain(String(closed['checkpoint']));
    answers = [String(closed['checkpoint']).toUpperCase().replaceAll(' ', ', ')];
    await airlock(...as('wanda', 'transcript', 'sign', checkpoint, '--out', signature));
    expect(await airlock(...as('otto', 'transcript', 'take', signature))).toEqual({ signers: ['wanda'] });

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

    const { path, signedOff } = await airlock(...as('otto', 'transcript', 'archive', archive));
    expect([signedOff, said]).toEqual([true, '']);
    const sum = execFileSync('sha256sum', [join(String(path), 'journal.jsonl')])
      .toString()
      .slice(0, 64);
    expect(readFileSync(join(String(path), 'checkpoint.txt'), 'utf8')).toContain(sum);
    expect(readFileSync(join(archive, 'keys', 'wanda.asc'), 'utf8')).toContain('BEGIN PGP PUBLIC KEY BLOCK');
  });

  test('a signature over an older checkpoint is refused once the journal was closed anew', async () => {
    await addLine('One more line');
    const take = (): Promise<unknown> =>
      airlock(...as('otto', 'transcript', 'take', join(folder, 'signature.ur')));
    expect(await codeOf(take())).toBe('not-signed-off');
    const archive = as('otto', 'transcript', 'archive', join(folder, 'archive'));
    await airlock(...archive);
    expect(said).toContain('lines were added since, so verify.sh will fail');
    // Wanda had signed the earlier checkpoint: whoever signs off anew is told so, and asked.
    answers = ['no'];
    expect(await codeOf(airlock(...as('otto', 'transcript', 'sign-off')))).toBe('would-void');
    expect(said).toMatch(/makes void what wanda signed: the checkpoint of \d\d:\d\d/);
    answers = ['yes'];
    const { checkpoint: closed } = await airlock(...as('otto', 'transcript', 'sign-off'));
    // As it is now signed off, it stays.
    expect(await airlock(...as('otto', 'transcript', 'sign-off'))).toMatchObject({ checkpoint: closed });
    expect(await codeOf(airlock(...archive))).toBe('would-replace');
    await airlock(...archive, '--replace');
    expect(await codeOf(take())).toBe('other-checkpoint');
    const turnedAway = crossings('otto').filter((line) => line.startsWith('message-refused signature '));
    expect(turnedAway.map((line) => line.split(' ').at(-1))).toEqual(['not-signed-off', 'other-checkpoint']);
  });

  test('no signing key is left in memory, however a command ended', () => {
    expect(unlocked.length).toBeGreaterThan(8);
    expect(unlocked.filter(({ privateKey }) => privateKey.some((byte) => byte !== 0))).toEqual([]);
  });
});
