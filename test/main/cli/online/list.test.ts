import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import { expect } from 'vitest';
import { z } from 'zod';
import { type AttemptState, loadAttempt } from '../../../../main/online/attempt/state';
import { openHome } from '../../../../main/store/home';
import { holdHome } from '../../../../main/store/home-lock';
import { createIdentity } from '../../../../main/store/identity';
import { readJournal } from '../../../../main/store/journal-lines';
import { asciiText, fromHex, toHex } from '../../../../shared/bytes';
import { openPgpToken } from '../../../../shared/token/pgp-token';
import type { TokenKind } from '../../../../shared/token/token-kind';
import { nextLine } from '../../../../shared/transcript/journal-line';
import { ceremonyWords } from '../../../../shared/words';
import { random } from '../../online/stage';
import { airlock } from '../fake-terminal';
import { PASSPHRASE } from '../fixtures';
import { finishedAttempt } from '../printed';
import { opened, test } from './station';

const listed = z.object({
  ceremonies: z.array(
    z.object({
      id: z.string(),
      words: z.string(),
      step: z.string().nullable(),
      progress: z.number().optional(),
      next: z.object({ step: z.string(), sentence: z.string() }).nullable(),
      error: z.string().optional(),
    }),
  ),
});

/** Neither a server nor a passphrase. */
const list = (home: string, ...more: string[]) => airlock(['online', 'list', '--home', home, ...more]);

/** The next step of the ceremony, as the list says it. */
async function nextOf(home: string, ceremony: string): Promise<string | undefined> {
  const { ceremonies } = (await list(home, '--json')).as(listed);
  return ceremonies.find(({ id }) => id === ceremony)?.next?.step;
}

test('a ceremony has its next step from the first share to the archive, also without a server', async ({
  station: at,
}) => {
  const { run, home, signing, dir, server } = at;
  const { ceremony, shares } = await opened(at);
  const words = ceremonyWords(fromHex(ceremony));
  const first = await list(home);
  expect(first.out).toContain(words);
  expect(first.out).toMatch(
    /Stands +open, 0 of 2 shares(?:.|\n)*Next +give the next share message: airlock online submit/,
  );
  await run(['submit', ...signing, '--message', shares[0]?.path ?? '']);
  expect((await list(home, '--json')).as(listed).ceremonies).toMatchObject([
    { id: ceremony, words, step: 'open', progress: 1, next: { step: 'submit' } },
  ]);
  const last = await run(['submit', ...signing, '--message', shares[1]?.path ?? '', '--json']);
  expect(await nextOf(home, ceremony)).toBe('hand-over');
  expect((await list(home)).out).toContain(`airlock online submit --ceremony "${words}"`);

  await run(['use', 'Mounted the transit engine']);
  expect(await nextOf(home, ceremony)).toBe('revoke');
  const token = await openPgpToken(last.as(finishedAttempt).encodedToken, at.stage.key.privateKey);
  writeFileSync(join(dir, 'token'), asciiText(token.bytes));
  await run(['revoke', '--token-file', join(dir, 'token')]);
  await server.close();
  expect(await nextOf(home, ceremony)).toBe('sign-off');
  const signOff = ['transcript', 'sign-off', '--home', home, ...signing];
  await airlock(signOff);
  expect(await nextOf(home, ceremony)).toBe('archive');
  await run(['note', 'One thing more', '--again']);
  expect(await nextOf(home, ceremony)).toBe('sign-off-again');
  await airlock([...signOff, '--again']);
  expect(await nextOf(home, ceremony)).toBe('archive');
}, 60_000);

/** Another plan comes in at the end of a journal: the same, for a token of that kind. */
function replan(journal: string, tokenKind: TokenKind): void {
  const { lines } = readJournal(journal);
  const plan = lines.find((line) => line.event === 'plan-taken');
  const line = lines.at(-1);
  const text = readFileSync(journal, 'utf8').trimEnd().split('\n').at(-1);
  if (plan?.event !== 'plan-taken' || line === undefined || text === undefined) throw new Error('no plan');
  const hash = toHex(sha256(utf8.decode(text)));
  const next = nextLine({ line, text, hash }, line, 'plan-taken', { ...plan.data, tokenKind });
  appendFileSync(journal, `${next.text}\n`);
}

test('a token that is no root token is brought to its end in the words of its kind', async ({
  station: at,
}) => {
  const { ceremony, shares } = await opened(at);
  await at.run(['submit', ...at.signing, '--message', shares[0]?.path ?? '']);
  await at.run(['submit', ...at.signing, '--message', shares[1]?.path ?? '', '--json']);
  // Without its passphrase a copy is what it says it is.
  const copy = join(at.dir, 'copy');
  cpSync(at.home, copy, { recursive: true });
  const { journal } = openHome(copy).ceremony(ceremony);
  for (const [tokenKind, said] of [
    ['root', 'revoke the root token: airlock online revoke'],
    ['dr', 'delete the DR operation token: airlock online revoke'],
    ['recovery', 'have the server started as usual, which ends the recovery token'],
  ] as const) {
    replan(journal, tokenKind);
    const { out } = await list(copy);
    expect(out.replace(/\s+/g, ' ')).toContain(said);
  }
}, 60_000);

test('where something was cut off, cancelled or lost, the next step says how to go on', async ({
  station: at,
}) => {
  const { run, home } = at;
  const { ceremony } = await opened(at);
  // Without its passphrase a copy is what it says it is.
  const copy = join(at.dir, 'copy');
  cpSync(home, copy, { recursive: true });
  const { state: path } = openHome(copy).ceremony(ceremony);
  const state = loadAttempt(openHome(copy), ceremony);
  if (state?.step !== 'open') throw new Error('not open');
  const { nonce, progress, round, coordinates: _, sealing: __, pending: ___, ...always } = state;
  const becomes: readonly [string, AttemptState][] = [
    ['start', { ...always, step: 'starting' }],
    ['join', { ...state, sealing: null }],
    [
      'settle',
      { ...state, pending: { digest: 'ab'.repeat(32), custodian: '', name: 'Ada', x: 1, progressBefore: 0 } },
    ],
    ['sweep', { ...always, step: 'lost', nonce, progress, round }],
  ];
  for (const [next, changed] of becomes) {
    writeFileSync(path, JSON.stringify(changed));
    expect(await nextOf(copy, ceremony)).toBe(next);
  }
  await run(['cancel', '--ceremony', ceremony]);
  expect(await nextOf(home, ceremony)).toBe('sign-off');
}, 60_000);

test('what is to be done comes first, and a damaged ceremony keeps nobody from the others', async ({
  station: at,
}) => {
  const { run, home, signing } = at;
  const done = await opened(at);
  await run(['cancel', '--ceremony', done.ceremony]);
  await airlock(['transcript', 'sign-off', '--home', home, ...signing]);
  const open = await opened({ ...at, stage: { ...at.stage, ceremony: random(16) } });
  const order = (await list(home, '--json')).as(listed).ceremonies.map(({ id }) => id);
  expect(order).toEqual([open.ceremony, done.ceremony]);

  const { state } = openHome(home).ceremony(open.ceremony);
  writeFileSync(state, '{');
  const { code, out } = await list(home);
  expect([code, out]).toEqual([0, expect.stringMatching(/Damaged/)]);
  const { ceremonies } = (await list(home, '--json')).as(listed);
  expect(ceremonies.find(({ id }) => id === open.ceremony)).toMatchObject({
    next: null,
    error: expect.stringMatching(/./),
  });
  expect(await nextOf(home, done.ceremony)).toBe('archive');
}, 60_000);

test('a list only looks: it writes nothing, also where a line was torn or another program has the home', async ({
  station: at,
}) => {
  const { home } = at;
  const { ceremony } = await opened(at);
  const { journal } = openHome(home).ceremony(ceremony);
  appendFileSync(journal, '{"at":');
  const before = readFileSync(journal, 'utf8');
  const lock = holdHome(openHome(home), 'a test');
  try {
    expect(await nextOf(home, ceremony)).toBe('submit');
  } finally {
    lock.release();
  }
  expect(readFileSync(journal, 'utf8')).toBe(before);
}, 60_000);

test('an empty home has an empty list, and a laptop’s home is refused by its role', async ({ at }) => {
  const empty = await list(at('empty'));
  expect([empty.code, empty.out, empty.err]).toEqual([
    0,
    '',
    expect.stringContaining('airlock online status'),
  ]);
  expect((await list(at('empty'), '--json')).json).toEqual({ ceremonies: [] });
  const laptop = openHome(at('laptop'));
  await createIdentity(laptop, { name: 'Cora', role: 'custodian', passphrase: PASSPHRASE, now: new Date() });
  expect((await list(laptop.dir, '--json')).error.code).toBe('wrong-role');
});
