import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { holdOnScreen } from '../../../../main/cli/parts/held-secret';
import { openHome } from '../../../../main/store/home';
import { holdHome } from '../../../../main/store/home-lock';
import { identityMessage } from '../../../../main/store/identity';
import { wireBytes } from '../../../../shared/message/wire';
import { urText } from '../../../../shared/qr/ur';
import { fingerprintWords } from '../../../../shared/words';
import { newFolder, newPerson } from '../../online/stage';
import { airlock, type Surroundings } from '../fake-terminal';
import { madeMessage, shownIdentity } from '../printed';
import { cast, PASSPHRASE } from './cast';

const laid = z.object({ lacks: z.string().nullable(), alone: z.array(z.string()), step: z.string() });
const attempted = z.object({
  step: z.string(),
  attempt: z.object({ nonce: z.string(), words: z.string() }),
  checks: z.array(z.object({ ok: z.boolean(), text: z.string() })).optional(),
});

test('a whole ceremony goes through on terminals only, and its archive is proven', async () => {
  const { server, at, as } = await cast();
  const shares = server.shares.map((share, i) => {
    writeFileSync(at(`share-${i}`), `${share}\n`);
    return at(`share-${i}`);
  });

  // The plan, piece by piece.
  await as('Nora', ['online', 'status', '--rehearsal', '--qr', at('station')]);
  const begun = await as('Olga', ['offline', 'plan', '--rehearsal', '--title', 'Renew OIDC', '--json']);
  expect(begun.as(laid).lacks).toContain('names no server yet');
  const planned = await as('Olga', [
    'offline',
    'plan',
    ...['--message', at('station'), '--purpose', 'Renew OIDC', '--ticket', 'CHG-1'],
    ...['--task', 'Look it up', 'Revoke it', '--roster', 'Ada', 'Ben', 'Nora', 'Otto'],
  ]);
  expect([planned.code, planned.err]).toEqual([0, expect.stringContaining('introduced itself')]);
  expect(planned.out).toMatch(/Ada, custodian, gives to Nora's station/);
  expect(planned.out).toMatch(/Ben, custodian, gives to Otto's station/);
  const agreed = await as('Olga', ['offline', 'plan', '--agree', '--json']);
  expect(agreed.as(laid)).toEqual({ lacks: null, alone: [], step: 'key' });

  // The start goes out, the attempts come back.
  const start = await as('Olga', ['offline', 'start', '--qr', at('start')]);
  expect([start.code, start.out]).toEqual([0, expect.stringMatching(/Key +[0-9a-f]{40}/)]);
  await as('Nora', [
    'online',
    'start',
    '--message',
    at('start'),
    '--out',
    at('attempt-a.ur'),
    '--qr',
    at('attempt'),
  ]);
  await as('Otto', ['online', 'join', '--message', at('attempt-a.ur'), '--out', at('attempt-b.ur')]);
  const seen = await as('Olga', ['offline', 'attempt', '--message', at('attempt'), '--json']);
  const { words } = seen.as(attempted).attempt;
  const compared = await as('Olga', ['offline', 'attempt'], { answers: [words] });
  expect(compared.code).toBe(0);

  // A custodian hears the words, and then releases: one from pictures, one from a scanner that types.
  const early = await as('Ada', ['offline', 'attempt', '--message', at('attempt')], {
    answers: ['some other words here'],
  });
  expect([early.code, early.err]).toEqual([1, expect.stringContaining("words don't match")]);
  expect(early.out).toMatch(/Asked by +Olga, officer/);
  expect(early.out).toMatch(/Checked +ok /);
  expect(early.out + early.err).not.toContain(words);
  const tooEarly = await as('Ada', ['offline', 'release', '--share-file', shares[0] ?? '', '--json']);
  expect(tooEarly.error.code).toBe('not-confirmed');
  expect((await as('Ada', ['offline', 'attempt'], { answers: [words.toUpperCase()] })).code).toBe(0);
  const ben = await as('Ben', ['offline', 'attempt', '--message', '-', '--words', words, '--json'], {
    stdin: readFileSync(at('attempt-b.ur'), 'utf8'),
  });
  expect(ben.as(attempted)).toMatchObject({ step: 'share', attempt: { words } });
  const unsaid = await as('Ada', ['offline', 'release'], { answers: [server.shares[0] ?? '', 'no'] });
  expect([unsaid.code, unsaid.err]).toEqual([1, expect.stringContaining('no yes')]);
  const ada = await as('Ada', ['offline', 'release', '--qr', at('share-a')], {
    answers: [server.shares[0] ?? '', 'yes'],
  });
  expect([ada.code, ada.out]).toEqual([0, expect.stringMatching(/Sealed to +/)]);
  const released = await as('Ben', [
    'offline',
    'release',
    ...['--share-file', shares[1] ?? '', '--yes', '--out', at('share-b.ur'), '--json'],
  ]);
  const again = await as('Ben', ['offline', 'release', '--json']);
  expect(again.as(madeMessage).message.digest).toBe(released.as(madeMessage).message.digest);
  for (const share of server.shares)
    for (const run of [unsaid, ada, released, again]) expect(run.out + run.err).not.toContain(share);

  // The stations give them to the server, and the result comes back.
  await as('Nora', ['online', 'submit', '--message', at('share-a')]);
  await as('Otto', ['online', 'submit', '--message', at('share-b.ur'), '--out', at('result.ur')]);
  const result = await as('Olga', ['offline', 'result', '--message', at('result.ur')]);
  expect([result.code, result.out]).toEqual([0, expect.stringMatching(/Token +.*28 characters/)]);
  expect(result.out).toMatch(/Made for +this ceremony’s key/);
  expect(result.out + result.err).not.toMatch(/hvs\.[0-9A-Za-z]{24}/);

  // The token goes to a file of its owner's only.
  const shown = await as('Olga', ['offline', 'token', '--reveal', '--json']);
  expect(shown.error.code).toBe('no-answer');
  const kept = await as('Olga', ['offline', 'token', '--out', at('token')]);
  const token = readFileSync(at('token'), 'utf8').trim();
  expect(token).toMatch(/^hvs\./);
  expect(statSync(at('token')).mode & 0o777).toBe(0o600);
  expect(kept.out + kept.err).not.toContain(token);
  expect((await as('Olga', ['offline', 'token', '--out', at('token'), '--json'])).error.code).toBe(
    'file-exists',
  );
  const soon = await as('Olga', ['offline', 'sign-off', '--json']);
  expect(soon.error.code).toBe('secret-not-destroyed');
  await as('Otto', ['online', 'revoke', '--token-file', at('token')]);
  expect((await as('Olga', ['offline', 'token', '--revoked'])).code).toBe(0);
  const kept2 = await as('Olga', ['offline', 'token', '--destroy'], { answers: ['no'] });
  expect([kept2.code, kept2.err]).toEqual([1, expect.stringContaining('nothing was done')]);
  const destroyed = await as('Olga', ['offline', 'token', '--destroy'], { answers: ['yes'] });
  expect(destroyed.out).toMatch(/Destroyed/);

  // Everyone signs off, the next one signs that, and all of it is proven.
  const everyone = ['Olga', 'Ada', 'Ben', 'Nora', 'Otto'] as const;
  const laptops: readonly string[] = ['Olga', 'Ada', 'Ben'];
  for (const [i, name] of everyone.entries()) {
    const sort = laptops.includes(name) ? 'offline' : 'transcript';
    const closed = await as(name, [sort, 'sign-off', '--out', at(`asks-${name}.ur`), '--json']);
    const heard = closed.as(z.object({ checkpoint: z.string() })).checkpoint;
    const next = everyone[(i + 1) % everyone.length] ?? 'Olga';
    await as(next, [
      'transcript',
      'sign',
      at(`asks-${name}.ur`),
      '--words',
      heard,
      '--out',
      at(`for-${name}.ur`),
    ]);
    expect((await as(name, ['transcript', 'take', at(`for-${name}.ur`)])).code).toBe(0);
  }
  for (const name of everyone)
    expect((await as(name, ['transcript', 'archive', at('archive')])).code).toBe(0);
  const verified = await airlock(['transcript', 'verify', at('archive')]);
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining(': Proven: ')]);
  const journal = readdirSync(at('archive'))
    .map((name) => join(at('archive'), name, 'journal.jsonl'))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('');
  for (const event of ['plan-agreed', 'key-made', 'words-compared', 'share-released', 'token-shown'])
    expect(journal).toContain(`"event":"${event}"`);
  for (const secret of [...server.shares, token]) expect(journal).not.toContain(secret);
}, 120_000);

describe('a laptop without a window', () => {
  /** An officer, a custodian and an operator who know nobody yet. */
  async function alone() {
    const dir = newFolder();
    const at = (...names: string[]) => join(dir, ...names);
    writeFileSync(at('passphrase'), `${PASSPHRASE}\n`);
    const as = (name: string, args: readonly string[], more: Surroundings = {}) =>
      airlock([...args, '--home', at(name), '--passphrase-file', at('passphrase')], more);
    const create = (name: string, role: string) =>
      as(name, ['identity', 'create', '--name', name, '--role', role]);
    return { at, as, create };
  }

  /** The only ceremony of a test goes on without its plan: server facts read out by hand. */
  const byHand = ['--server-address', 'https://vault:8200', '--threshold', '1', '--shares', '1'];

  test('refuses in one sentence what has no place at a step', async () => {
    const { at, as, create } = await alone();
    await create('Olga', 'officer');
    await create('Ada', 'custodian');
    await as('Ada', ['identity', 'show', '--out', at('ada.ur')]);
    await as('Olga', ['offline', 'plan', '--title', 'Renew']);
    writeFileSync(at('share.txt'), `${'5a'.repeat(32)}07\n`);
    const refusals: [string, string[], string][] = [
      ['Ada', ['plan'], 'wrong-role'],
      ['Ada', ['release'], 'ambiguous'],
      ['Ada', ['attempt', '--message', at('ada.ur')], 'wrong-type'],
      ['Olga', ['attempt', '--message', at('share.txt')], 'plain-share'],
      ['Olga', ['attempt', '--message', at('nowhere.ur')], 'unreadable-file'],
      ['Olga', ['plan', '--message', at('ada.ur')], 'wrong-type'],
      ['Olga', ['plan', '--roster', 'Nobody'], 'usage'],
      ['Olga', ['plan', '--title', 'x'.repeat(81)], 'usage'],
      ['Olga', ['plan', '--gives', 'Ada'], 'usage'],
      ['Olga', ['plan', '--rehearsal'], 'usage'],
      ['Olga', ['plan', '--server-address', 'https://vault:8200'], 'usage'],
      ['Olga', ['plan', '--agree'], 'no-server'],
      ['Olga', ['start'], 'no-message'],
      ['Olga', ['result'], 'no-message'],
      ['Olga', ['amend'], 'no-message'],
      ['Olga', ['amend', '--reserve', 'Ada'], 'usage'],
      ['Olga', ['token', '--out', at('token')], 'wrong-step'],
      ['Olga', ['token', '--reveal', '--out', at('token')], 'usage'],
      ['Olga', ['release'], 'wrong-role'],
      ['Olga', ['sign-off'], 'secret-not-destroyed'],
      ['Olga', ['sign-off', '--ceremony', 'no such'], 'usage'],
    ];
    for (const [name, args, code] of refusals) {
      const refused = await as(name, ['offline', ...args, '--json']);
      expect([args, refused.json && refused.error.code]).toEqual([args, code]);
      expect([args, refused.err.trim().split('\n').length]).toEqual([args, 1]);
    }
    expect(existsSync(at('token'))).toBe(false);
    // What was refused is on record at the laptop that refused it.
    expect(readFileSync(at('Ada', 'journal.jsonl'), 'utf8')).toContain('"code":"wrong-type"');
  }, 60_000);

  test('waits while the window has the home open, and says so', async () => {
    const { at, as, create } = await alone();
    await create('Olga', 'officer');
    const held = holdHome(openHome(at('Olga')), 'Airlock');
    const refused = await as('Olga', ['offline', 'plan', '--json']);
    held.release();
    expect([refused.code, refused.error.message]).toEqual([1, expect.stringContaining('Airlock')]);
    expect((await as('Olga', ['offline', 'plan'])).code).toBe(0);
  }, 30_000);

  test('draws a code in the terminal, makes a one-time password, and gives a ceremony up', async () => {
    const { at, as, create } = await alone();
    await create('Olga', 'officer');
    await create('Ada', 'custodian');
    const shown = await as('Ada', ['identity', 'show', '--out', at('ada.ur'), '--json']);
    const { words } = shown.as(shownIdentity);
    await as('Olga', ['identity', 'add', at('ada.ur'), '--words', words]);
    const planned = await as('Olga', [
      ...['offline', 'plan', ...byHand, '--title', 'Renew', '--purpose', 'Renew OIDC', '--method', 'otp'],
      ...['--roster', 'Ada', '--json'],
    ]);
    expect(planned.as(laid)).toMatchObject({ alone: ['Ada'], lacks: expect.stringContaining('Ada alone') });
    const refused = await as('Olga', ['offline', 'plan', '--agree', '--json']);
    expect(refused.error.code).toBe('quorum-at-one-station');
    expect((await as('Olga', ['offline', 'plan', '--state-alone', '--agree'])).code).toBe(0);
    let drawn = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      drawn += text;
      return true;
    });
    const started = await as('Olga', [
      ...['offline', 'start', '--out', at('start.ur'), '--otp-out', at('otp'), '--show'],
    ]).finally(() => write.mockRestore());
    expect([started.code, drawn]).toEqual([0, expect.stringMatching(/[█▀▄]{3}/)]);
    expect(readFileSync(at('otp'), 'utf8')).toMatch(/^[0-9A-Za-z]{28}\n$/);
    expect(statSync(at('otp')).mode & 0o777).toBe(0o600);
    expect((await as('Olga', ['offline', 'plan', '--reopen', '--yes'])).out).toMatch(/one-time password/);
    expect((await as('Olga', ['offline', 'token', '--destroy', '--yes'])).out).toMatch(/Destroyed/);
    const closed = await as('Olga', ['offline', 'sign-off', '--exception', 'No custodian was free']);
    expect([closed.code, closed.out]).toEqual([0, expect.stringMatching(/^UR:AIRLOCK\//m)]);
    // A plan that was refused is not on record as agreed.
    expect(closed.out.match(/plan agreed/g)).toHaveLength(1);
  }, 60_000);

  test('lets a reserve step in, once the officer has stated what follows from it', async () => {
    const { at, as, create } = await alone();
    await create('Olga', 'officer');
    const people = {
      Ada: 'custodian',
      Ben: 'custodian',
      Cleo: 'custodian',
      Nora: 'operator',
      Otto: 'operator',
    };
    const lines: string[] = [];
    const answers: string[] = [];
    for (const [name, role] of Object.entries(people) as [string, 'custodian' | 'operator'][]) {
      const person = await newPerson(name, role);
      lines.push(`${urText(wireBytes(await identityMessage(person, new Date())))}\n`);
      answers.push(fingerprintWords(person.fingerprint));
    }
    writeFileSync(at('people.ur'), lines.join(''));
    expect((await as('Olga', ['identity', 'add', at('people.ur')], { answers })).code).toBe(0);
    const server = ['--server-address', 'https://vault:8200', '--threshold', '2', '--shares', '3'];
    const planned = await as('Olga', [
      ...['offline', 'plan', ...server, '--title', 'Renew', '--purpose', 'Renew OIDC'],
      ...['--roster', 'Ada', 'Ben', 'Cleo', 'Nora', 'Otto', '--gives', 'Ada=', '--agree'],
    ]);
    expect(planned.out).toMatch(/Ada, custodian, a reserve/);
    await as('Olga', ['offline', 'start', '--out', at('start.ur')]);
    const step = ['--reserve', 'Ada', '--instead-of', 'Ben', '--gives-to', 'Nora'];
    const refused = await as('Olga', ['offline', 'amend', ...step, '--json']);
    expect(refused.error.code).toBe('quorum-at-one-station');
    const stated = await as('Olga', [
      'offline',
      'amend',
      ...step,
      '--state-alone',
      '--out',
      at('amended.ur'),
    ]);
    expect([stated.code, stated.out]).toEqual([
      0,
      expect.stringMatching(/Ada for Ben, gives to Nora's station/),
    ]);
    expect(stated.err).toMatch(/Nora alone could rebuild the root key/);
    const again = await as('Olga', ['offline', 'amend', '--json']);
    expect(again.as(madeMessage).message.ur).toBe(readFileSync(at('amended.ur'), 'utf8').trim());
  }, 60_000);

  test('shows a token on a terminal only, until a key is pressed, and then clears it', async () => {
    const stdin = Object.assign(new EventEmitter(), {
      isTTY: true,
      setRawMode: vi.fn(),
      resume: vi.fn(),
      pause: vi.fn(),
    });
    let screen = '';
    const write = (text: string): boolean => {
      screen += text;
      return true;
    };
    const stdout = { isTTY: true, write };
    const held = holdOnScreen('hvs.secret', { stdin, stdout } as never);
    expect(screen).toMatch(/hvs\.secret/);
    stdin.emit('data', Buffer.from('q'));
    await held;
    expect(screen.slice(screen.indexOf('hvs.secret'))).toContain('\u001b[2J');
    expect(stdin.setRawMode.mock.calls).toEqual([[true], [false]]);
    for (const isTTY of [false, undefined])
      await expect(
        holdOnScreen('hvs.secret', { stdin, stdout: { ...stdout, isTTY } } as never),
      ).rejects.toMatchObject({ code: 'no-answer' });
  });
});
