import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ServerClient } from '../../../../main/online/server/client';
import { lookupToken } from '../../../../main/online/token/lookup';
import { openHome } from '../../../../main/store/home';
import { lockIdentity, unlockIdentity } from '../../../../main/store/identity';
import { asciiBytes } from '../../../../shared/bytes';
import type { Envelope } from '../../../../shared/message/envelope';
import { parseWire, signMessage, wireBytes } from '../../../../shared/message/wire';
import { UrReader, urText } from '../../../../shared/qr/ur';
import { airlock } from '../fake-terminal';
import { madeMessage } from '../printed';
import { cast, PASSPHRASE } from './cast';

const work = z.object({
  accessor: z.string(),
  next: z.object({ kind: z.string(), task: z.number().optional(), why: z.string().optional() }),
  tasks: z.array(z.object({ title: z.string(), stand: z.object({ kind: z.string() }) })),
  proof: z.string().nullable(),
});
const outcome = z.object({
  revoked: z.boolean(),
  station: z.string(),
  accessor: z.string(),
  tasks: z.array(z.object({ fate: z.string(), forYou: z.boolean() })),
});
const attempted = z.object({ attempt: z.object({ words: z.string() }) });

function messageIn(text: string) {
  const received = new UrReader().receive(text.trim());
  if (received.status !== 'complete') throw new Error('no whole message');
  return parseWire(received.bytes);
}

test('a token that no person sees does its tasks, and its end is proven to everyone who signs', async () => {
  const { server, at, as } = await cast();
  const client = new ServerClient({ address: server.address });
  writeFileSync(
    at('tasks.json'),
    JSON.stringify([
      { task: 'create-token', policies: ['ops'], ttl: '8h', name: 'ops', recipient: 'Ada' },
      'Call the bank',
      { task: 'list-root-tokens' },
    ]),
  );
  await as('Nora', ['online', 'status', '--rehearsal', '--out', at('station.ur')]);
  const plan = ['offline', 'plan', '--rehearsal', '--title', 'Renew OIDC', '--message', at('station.ur')];
  await as('Olga', [
    ...plan,
    ...['--purpose', 'Renew OIDC', '--tasks-file', at('tasks.json')],
    ...['--roster', 'Ada', 'Ben', 'Nora', 'Otto'],
  ]);
  expect((await as('Olga', ['offline', 'plan', '--agree'])).code).toBe(0);
  await as('Olga', ['offline', 'start', '--out', at('start.ur')]);
  await as('Nora', ['online', 'start', '--message', at('start.ur'), '--out', at('a.ur')]);
  await as('Otto', ['online', 'join', '--message', at('a.ur'), '--out', at('b.ur')]);
  const seen = await as('Olga', ['offline', 'attempt', '--message', at('a.ur'), '--json']);
  const { words } = seen.as(attempted).attempt;
  for (const [name, attempt, station, i] of [
    ['Ada', 'a.ur', 'Nora', 0],
    ['Ben', 'b.ur', 'Otto', 1],
  ] as const) {
    writeFileSync(at(`share-${i}`), `${server.shares[i]}\n`);
    await as(name, ['offline', 'attempt', '--message', at(attempt), '--words', words, '--json']);
    const share = [
      'offline',
      'release',
      '--share-file',
      at(`share-${i}`),
      '--yes',
      '--out',
      at(`share-${i}.ur`),
    ];
    expect((await as(name, share)).code).toBe(0);
    const given = ['online', 'submit', '--message', at(`share-${i}.ur`), '--out', at('result.ur')];
    expect((await as(station, given)).code).toBe(0);
  }
  await as('Olga', ['offline', 'result', '--message', at('result.ur')]);

  // The officer's laptop seals it; asked again, it is the same message.
  const early = await as('Otto', ['online', 'tasks', '--json']);
  expect(early.error.code).toBe('no-handoff');
  const handed = await as('Olga', ['offline', 'handoff', '--out', at('handoff.ur'), '--json']);
  expect([handed.code, handed.err]).toEqual([0, '']);
  // A station can call itself anything: beside that stands who its operator is, as this laptop knows them.
  expect(handed.as(z.object({ operator: z.string(), station: z.string() }))).toEqual({
    operator: 'Otto',
    station: 'operator Otto',
  });
  const again = await as('Olga', ['offline', 'handoff', '--json']);
  expect(again.as(madeMessage).message.digest).toBe(handed.as(madeMessage).message.digest);
  // Another station has no use for it.
  const elsewhere = await as('Nora', ['online', 'handoff', '--message', at('handoff.ur'), '--json']);
  expect(elsewhere.error.code).toBe('no-result');

  const taken = await as('Otto', ['online', 'handoff', '--message', at('handoff.ur')]);
  expect([taken.code, taken.out]).toEqual([0, expect.stringContaining('1. Create a limited token for Ada')]);
  expect(taken.out).toContain('> POST auth/token/create');
  expect(taken.err).toContain('airlock online tasks --run');
  const stopped = (await as('Otto', ['online', 'tasks', '--run', '--json'])).as(work);
  expect(stopped.tasks.map(({ stand }) => stand.kind)).toEqual(['done', 'waiting', 'waiting']);
  expect(stopped.next).toEqual({ kind: 'ask', task: 2, why: 'by-hand' });
  const both = await as('Otto', ['online', 'tasks', '--run', '--revoke', '--json']);
  expect(both.error.code).toBe('usage');
  const leaving = await as('Otto', ['transcript', 'sign-off', '--json']);
  expect(leaving.error.code).toBe('token-in-hand');
  const done = await as('Otto', ['online', 'tasks', '--go-on', '--out', at('outcome.ur')]);
  expect([done.code, done.out]).toEqual([
    0,
    expect.stringMatching(/Proof +auth\/token\/lookup-self answers 403/),
  ]);
  expect((await as('Otto', ['online', 'tasks', '--json'])).as(work).next).toEqual({ kind: 'over' });

  // Another operator, or the same one of something else, proves nothing to the officer.
  const real = messageIn(readFileSync(at('outcome.ur'), 'utf8'));
  for (const [name, prev, code] of [
    ['Nora', real.envelope.prev, 'wrong-sender'],
    ['Otto', new Uint8Array(32), 'stale'],
  ] as const) {
    const liar = await unlockIdentity(openHome(at(name)), PASSPHRASE);
    const envelope = { ...real.envelope, from: liar.fingerprint, prev } as Envelope<'outcome'>;
    const lie = await signMessage(envelope, liar.privateKey).finally(() => lockIdentity(liar));
    writeFileSync(at('lie.ur'), urText(wireBytes(lie)));
    const refused = await as('Olga', ['offline', 'outcome', '--message', at('lie.ur'), '--json']);
    expect(refused.error.code).toBe(code);
  }

  // The officer's laptop has the proof, and needs nobody's word.
  const proven = await as('Olga', ['offline', 'outcome', '--message', at('outcome.ur')]);
  expect([proven.code, proven.out]).toEqual([0, expect.stringMatching(/Revoked +proven by operator Otto/)]);
  expect((await as('Olga', ['offline', 'token'])).out).toMatch(/Revoked +yes, proven by operator Otto/);
  expect((await as('Olga', ['offline', 'token', '--destroy', '--yes'])).code).toBe(0);

  // Ada opens what is for her, and nobody else does.
  const ben = await as('Ben', ['offline', 'outcome', '--message', at('outcome.ur'), '--json']);
  expect(ben.as(outcome).tasks.map(({ fate, forYou }) => [fate, forYou])).toEqual([
    ['done', false],
    ['by-hand', false],
    ['done', false],
  ]);
  const not = await as('Ben', ['offline', 'outcome', '--open', '1', '--out', at('stolen'), '--json']);
  expect([not.error.code, existsSync(at('stolen'))]).toEqual(['usage', false]);
  await as('Ada', ['offline', 'outcome', '--message', at('outcome.ur')]);
  const opened = await as('Ada', ['offline', 'outcome', '--open', '1', '--out', at('mine')]);
  expect(opened.code).toBe(0);
  expect(statSync(at('mine')).mode & 0o777).toBe(0o600);
  // The same as a file, as it is carried where a code has no room for it: hers alone, and no other.
  expect((await as('Otto', ['online', 'tasks', '--brought', at('sealed')])).code).toBe(0);
  const file = at('sealed', 'brought-1.pgp');
  const byFile = ['offline', 'outcome', '--open', '1', '--sealed'];
  expect((await as('Ada', [...byFile, file, '--out', at('by-file')])).code).toBe(0);
  expect(readFileSync(at('by-file'), 'utf8')).toBe(readFileSync(at('mine'), 'utf8'));
  const stolen = await as('Ben', [...byFile, file, '--out', at('stolen'), '--json']);
  const other = await as('Ada', [...byFile, at('mine'), '--out', at('other'), '--json']);
  expect([stolen.code === 0, other.error.code, existsSync(at('stolen'))]).toEqual([false, 'usage', false]);
  const { auth } = JSON.parse(readFileSync(at('mine'), 'utf8')) as { auth: { client_token: string } };
  const limited = await lookupToken(client, { token: asciiBytes(auth.client_token) });
  expect(limited?.policies).toEqual(['default', 'ops']);
  for (const run of [handed, taken, done, proven, opened, ben])
    expect(run.out + run.err).not.toContain(auth.client_token);

  const everyone = ['Olga', 'Ada', 'Ben', 'Nora', 'Otto'] as const;
  for (const name of everyone) {
    const sort = ['Olga', 'Ada', 'Ben'].includes(name) ? 'offline' : 'transcript';
    const closed = await as(name, [sort, 'sign-off', '--out', at(`asks-${name}.ur`)]);
    expect([closed.err, closed.code]).toEqual([expect.any(String), 0]);
    expect((await as(name, ['transcript', 'archive', at('archive')])).code).toBe(0);
  }
  const verified = await airlock(['transcript', 'verify', at('archive'), '--json']);
  const { findings } = verified.as(z.object({ findings: z.array(z.object({ code: z.string() })) }));
  // Nobody signed anybody else's transcript here; besides that, all of it fits.
  expect(findings.filter(({ code }) => !/sign/.test(code))).toEqual([]);
  const journals = readdirSync(at('archive'))
    .map((name) => join(at('archive'), name, 'journal.jsonl'))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('');
  for (const event of ['token-opened', 'task-intent', 'task-done', 'task-left', 'token-revoked'])
    expect(journals).toContain(`"event":"${event}"`);
  expect(journals).not.toContain('"event":"token-shown"');
  expect(journals).not.toContain(auth.client_token);
}, 240_000);
