import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, vi } from 'vitest';
import type { TokenWork } from '../../../../main/online/task/work';
import { Journal } from '../../../../main/store/journal';
import { removePerson } from '../../../../main/store/people';
import { asciiBytes, asciiText, toHex } from '../../../../shared/bytes';
import { verifyMessage } from '../../../../shared/message/wire';
import { decryptWithKey } from '../../../../shared/openpgp/sealed-to-self';
import type { TaskEntry } from '../../../../shared/task/task';
import { openPgpToken } from '../../../../shared/token/pgp-token';
import { test as onlineTest } from '../fixtures';
import { startProxy } from '../proxy';
import { eventsOf, journalOf, rehearsalServer, type Stage } from '../stage';
import { copiedStation, finishedAttempt, handoffMessage, opsToken } from './handed';
import { restOfServer } from './rest-of-server';

vi.setConfig({ testTimeout: 300_000 });
afterEach(() => vi.restoreAllMocks());

/** The tasks of the plan: each kind that a station does, and one that a person does. */
const tasksFor = (stage: Stage): TaskEntry[] => [
  {
    task: 'write-policy',
    name: 'ops',
    policy: ['path "secret/data/ops" {', '  capabilities = ["read"]', '}'],
  },
  { task: 'enable-auth', path: 'oidc', type: 'oidc', about: '', config: '{"default_role":"ops"}' },
  opsToken(stage.custodians[0]?.fingerprint),
  { task: 'list-root-tokens' },
  { task: 'revoke-self' },
];

const test = onlineTest.extend<{
  result: Awaited<ReturnType<typeof finishedAttempt>>;
  token: Uint8Array;
  rest: ReturnType<typeof restOfServer>;
}>({
  rest: async ({ proxy }, use) => {
    const rest = restOfServer();
    proxy.intercept = rest.intercept;
    await use(rest);
  },
  result: async ({ stage, server, rest: _ }, use) =>
    use(await finishedAttempt(stage, server.shares, tasksFor(stage))),
  token: async ({ stage, result }, use) =>
    use((await openPgpToken(result.envelope.body.encodedToken, stage.key.privateKey)).bytes),
});

test.override({ shape: { shares: 1, threshold: 1 } });

const kinds = ({ tasks }: TokenWork): string[] => tasks.map(({ stand }) => stand.kind);

test('a station does the tasks of the plan with the token, revokes it, proves that, and says so in the outcome', async ({
  stage,
  server,
  operator,
  result,
  token,
  rest,
}) => {
  const handoff = await handoffMessage(stage, result, token);
  const taken = await operator.station.takeHandoff(handoff);
  expect(taken.next).toEqual({ kind: 'run', task: 1 });
  expect(taken.tasks.map(({ title }) => title)).toContain('Enable the auth method oidc at auth/oidc');
  expect(taken.differs).toBe('');
  const done = await operator.station.goOnWithToken('run');
  expect(kinds(done)).toEqual(['done', 'done', 'done', 'done']);
  expect(done.proof).toMatch(/^auth\/token\/lookup-self answers 403: /);
  expect(await operator.station.lookup(token)).toBeNull();
  expect([...rest.there.keys()]).toEqual(['sys/policies/acl/ops', 'sys/auth/oidc', 'auth/oidc/config']);

  const outcome = done.outcome;
  if (outcome === null) throw new Error('no outcome');
  expect((await verifyMessage(outcome, [operator.identity])).name).toBe('Otto');
  const { body, prev } = outcome.envelope;
  expect(prev).toEqual(handoff.digest);
  expect(body.accessor).toBe(taken.accessor);
  expect(body.tasks.map(({ fate }) => fate)).toEqual(['done', 'done', 'done', 'done']);
  // What the new token is, is for the custodian for whom the plan makes it, and for nobody else.
  const brought = body.tasks[2]?.brought;
  const [ada, ben] = stage.custodians;
  expect(brought?.to).toEqual(ada?.fingerprint);
  const opened = JSON.parse(
    asciiText(await decryptWithKey(brought?.sealed ?? new Uint8Array(), ada?.privateKey ?? new Uint8Array())),
  ) as { auth: { client_token: string; accessor: string } };
  expect((await operator.station.lookup(asciiBytes(opened.auth.client_token)))?.policies).toEqual([
    'default',
    'ops',
  ]);
  expect(body.tasks[2]?.said).toBe(`Its accessor is ${opened.auth.accessor}.`);
  for (const other of [ben, operator.identity]) {
    await expect(
      decryptWithKey(brought?.sealed ?? new Uint8Array(), other?.privateKey ?? new Uint8Array()),
    ).rejects.toMatchObject({ code: 'not-for-this-key' });
  }
  // The server's first root token is the other one.
  expect(body.tasks[3]?.said).toContain('there is one root token');
  // Nothing of the journal or the kept files holds a token.
  const { dir, handoffKey } = operator.home.ceremony(toHex(stage.ceremony));
  expect(() => readFileSync(handoffKey)).toThrow();
  const journal = readFileSync(`${dir}/journal.jsonl`, 'utf8');
  for (const secret of [asciiText(token), opened.auth.client_token, server.rootToken])
    expect(journal).not.toContain(secret);
  expect(eventsOf(journalOf(stage, operator)).slice(-4)).toEqual([
    'revoke-intent',
    'token-revoked',
    'message-sent',
    'secret-destroyed',
  ]);
  // Asked for again, it is the same message.
  expect((await operator.station.tokenWork()).outcome?.digest).toEqual(outcome.digest);
});

describe('nobody but the station that the result names can open a handoff', () => {
  test('another station, a stranger, another officer, another ceremony, another result, or too late', async ({
    stage,
    operator,
    other,
    result,
    token,
  }) => {
    const refusal = (message: Parameters<typeof operator.station.takeHandoff>[0], at = operator) =>
      expect(at.station.takeHandoff(message)).rejects;
    const good = await handoffMessage(stage, result, token);
    await refusal(good, other).toMatchObject({ code: 'no-ceremony' });
    await refusal(await handoffMessage(stage, result, token, { sealedTo: new Uint8Array(8) })).toMatchObject({
      code: 'other-station',
    });
    await refusal(await handoffMessage(stage, result, token, { nonce: 'another' })).toMatchObject({
      code: 'other-nonce',
    });
    await refusal(await handoffMessage(stage, result, token, { prev: new Uint8Array(32) })).toMatchObject({
      code: 'stale',
    });
    await refusal(await handoffMessage(stage, result, token, { ceremony: new Uint8Array(16) })).toMatchObject(
      {
        code: 'no-ceremony',
      },
    );
    const custodian = stage.custodians[0] ?? stage.officer;
    await refusal(await handoffMessage(stage, result, token, {}, custodian)).toMatchObject({
      code: 'wrong-sender',
    });
    await refusal(
      await handoffMessage(stage, result, token, { expiresAt: '2020-01-01T00:00:00Z' }),
    ).toMatchObject({ code: 'expired' });
    // The sealed token under another's name: the message is taken for the officer's, and the seal tells.
    const lifted = await handoffMessage(stage, result, token, {
      sealed: (await handoffMessage(stage, result, token, {}, custodian)).envelope.body.sealed,
    });
    await refusal(lifted).toMatchObject({ code: 'not-for-this-station' });
  });

  test('nor can the station itself, once the time that it set is over', async ({
    stage,
    operator,
    result,
    token,
  }) => {
    const good = await handoffMessage(stage, result, token, { expiresAt: '2099-01-01T00:00:00Z' });
    stage.clock = () => new Date(Date.now() + 13 * 3_600_000);
    await expect(operator.station.takeHandoff(good)).rejects.toMatchObject({ code: 'no-key' });
    expect(eventsOf(journalOf(stage, operator))).toContain('message-refused');
  });

  test('and a second handoff of a ceremony is refused, the same one twice is taken once', async ({
    stage,
    operator,
    result,
    token,
  }) => {
    const handoff = await handoffMessage(stage, result, token);
    await operator.station.takeHandoff(handoff);
    await operator.station.takeHandoff(handoff);
    const second = await handoffMessage(stage, result, token);
    await expect(operator.station.takeHandoff(second)).rejects.toMatchObject({ code: 'taken-before' });
    expect(eventsOf(journalOf(stage, operator)).filter((event) => event === 'token-opened')).toHaveLength(1);
  });
});

describe('a token that is not that of the plan', () => {
  test('is named, and is only revoked', async ({ stage, server, operator, result, rest }) => {
    const answer = await fetch(`${server.address}/v1/auth/token/create`, {
      method: 'POST',
      headers: { 'X-Vault-Token': server.rootToken },
      body: JSON.stringify({ policies: ['default'] }),
    });
    const { auth } = (await answer.json()) as { auth: { client_token: string } };
    const token = asciiBytes(auth.client_token);
    const taken = await operator.station.takeHandoff(await handoffMessage(stage, result, token));
    expect(taken.differs).toContain('It is no root token: its policies are default.');
    expect(taken.next).toEqual({ kind: 'revoke' });
    const done = await operator.station.goOnWithToken('run');
    expect(kinds(done)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    expect(done.outcome?.envelope.body.tasks.map(({ fate }) => fate)).toEqual(Array(4).fill('not-tried'));
    expect(rest.there.size).toBe(0);
  });

  test('or that this server does not know, is not said to be dead', async ({ stage, operator, result }) => {
    const token = asciiBytes('hvs.nobodyknowsthisoneatall00');
    const handoff = await handoffMessage(stage, result, token);
    await expect(operator.station.takeHandoff(handoff)).rejects.toMatchObject({ code: 'unknown-token' });
    await expect(operator.station.goOnWithToken('revoke')).rejects.toMatchObject({ code: 'unknown-token' });
    expect(eventsOf(journalOf(stage, operator))).not.toContain('token-revoked');
  });
});

describe('at the first task that fails', () => {
  test('a person decides: once more, without it, or revoke now; to revoke needs nothing else', async ({
    stage,
    operator,
    result,
    token,
    rest,
  }) => {
    rest.there.set('sys/auth/oidc', '{"type":"jwt"}');
    await operator.station.takeHandoff(await handoffMessage(stage, result, token));
    const stopped = await operator.station.goOnWithToken('run');
    expect(kinds(stopped)).toEqual(['done', 'failed', 'waiting', 'waiting']);
    expect(stopped.next).toEqual({ kind: 'ask', task: 2, why: 'failed' });
    // To run on isn't an answer to that question.
    await expect(operator.station.goOnWithToken('run')).rejects.toMatchObject({ code: 'nothing-asked' });
    expect((await operator.station.goOnWithToken('again')).next).toEqual({
      kind: 'ask',
      task: 2,
      why: 'failed',
    });
    rest.there.delete('sys/auth/oidc');
    const revoked = await operator.station.goOnWithToken('revoke');
    expect(revoked.outcome?.envelope.body.tasks.map(({ fate, said }) => [fate, said])).toEqual([
      ['done', ''],
      ['failed', 'The server refused it: path is already in use at oidc/'],
      ['not-tried', ''],
      ['not-tried', ''],
    ]);
  });

  test('going on leaves it, and what was done by hand is said by the operator', async ({
    stage,
    operator,
    server,
    rest,
  }) => {
    rest.there.set('sys/audit/file', '{"type":"file"}');
    const result = await finishedAttempt(stage, server.shares, [
      { task: 'enable-audit', path: 'file', type: 'file', about: '', options: '{"file_path":"/tmp/a"}' },
      'Call the bank',
      'Revoke this token, and prove it',
    ]);
    const token = (await openPgpToken(result.envelope.body.encodedToken, stage.key.privateKey)).bytes;
    await operator.station.takeHandoff(await handoffMessage(stage, result, token));
    expect((await operator.station.goOnWithToken('run')).next).toMatchObject({ kind: 'ask', why: 'failed' });
    const byHand = await operator.station.goOnWithToken('go-on');
    expect(byHand.next).toEqual({ kind: 'ask', task: 2, why: 'by-hand' });
    const done = await operator.station.goOnWithToken('go-on');
    expect(done.outcome?.envelope.body.tasks.map(({ fate }) => fate)).toEqual(['failed', 'by-hand']);
  });
});

test('wherever the program is ended, it comes back to the same end', async ({ stage, result, operator }) => {
  const append = Journal.prototype.append;
  /** Plays it, and is ended before or after the line with that number is written; null: it isn't. */
  const play = async (line: number | null, when: 'before' | 'after'): Promise<string> => {
    const server = await rehearsalServer({ shares: 1, threshold: 1 });
    const proxy = await startProxy(server.address);
    const rest = restOfServer();
    proxy.intercept = rest.intercept;
    const handoff = await handoffMessage(stage, result, asciiBytes(server.rootToken));
    let written = 0;
    const ended = new Error('ended');
    const spy = vi.spyOn(Journal.prototype, 'append').mockImplementation(function (
      this: Journal,
      event,
      data,
    ) {
      written++;
      if (written === line && when === 'before') throw ended;
      append.call(this, event, data);
      if (written === line) throw ended;
    });
    const first = copiedStation(operator, { address: proxy.address });
    const runs = first.station.takeHandoff(handoff).then(() => first.station.goOnWithToken('run'));
    const whole = await runs.catch((error: unknown) => {
      if (error !== ended) throw error;
      return null;
    });
    spy.mockRestore();
    if (whole !== null) return line === null ? endOf(whole) : 'over';
    // Another program, on the disk that the first one left.
    const again = copiedStation(first, { address: proxy.address });
    await again.station.takeHandoff(handoff);
    let work = await again.station.tokenWork();
    for (let i = 0; i < 6 && work.outcome === null; i++) {
      const lost = work.next.kind === 'ask' && work.next.why === 'unknown';
      work = await again.station.goOnWithToken(lost ? 'again' : 'run');
    }
    expect(await again.station.lookup(asciiBytes(server.rootToken))).toBeNull();
    return endOf(work);
  };
  const endOf = ({ outcome }: TokenWork): string =>
    JSON.stringify([
      outcome?.envelope.body.tasks.map(({ fate, brought }) => [fate, brought === undefined]),
      outcome?.envelope.body.proof,
    ]);
  const end = await play(null, 'after');
  expect(end).toContain('"done"');
  let lines = 0;
  for (let line = 1; ; line++) {
    const after = await play(line, 'after');
    if (after === 'over') break;
    expect([line, 'after', after]).toEqual([line, 'after', end]);
    expect([line, 'before', await play(line, 'before')]).toEqual([line, 'before', end]);
    lines++;
  }
  // Handoff, opened, five requests and four endings of tasks, revocation and its proof, outcome, key.
  expect(lines).toBe(15);
});

test('a program that was ended before its last line shows the question that it stood at', async ({
  stage,
  operator,
  result,
  token,
  proxy,
}) => {
  await operator.station.takeHandoff(await handoffMessage(stage, result, token));
  const { intercept } = proxy;
  proxy.intercept = (passing) => {
    if (!passing.request.url?.endsWith('auth/token/create')) return intercept(passing);
    passing.response.writeHead(403, { 'content-type': 'application/json' }).end('{"errors":["no"]}');
    return true;
  };
  const asked = (await operator.station.goOnWithToken('run')).next;
  const again = copiedStation(operator, { address: proxy.address });
  expect((await again.station.tokenWork()).next).toEqual(asked);
  expect(asked).toEqual({ kind: 'ask', task: 3, why: 'failed' });
});

test('a station does not sign off while it has a token in hand', async ({
  stage,
  operator,
  result,
  token,
}) => {
  const { leaveCeremony } = await import('../../../../main/online/task/leave');
  await operator.station.takeHandoff(await handoffMessage(stage, result, token));
  const recorder = { home: operator.home, identity: operator.identity, clock: () => new Date() };
  expect(() => leaveCeremony(recorder, toHex(stage.ceremony))).toThrow(
    expect.objectContaining({ code: 'token-in-hand' }) as Error,
  );
  await operator.station.goOnWithToken('revoke');
  expect(leaveCeremony(recorder, toHex(stage.ceremony))).toBe(false);
});

test('a recipient whom the station does not know is named before anything is made', async ({
  stage,
  operator,
  server,
  result,
  token,
}) => {
  await operator.station.takeHandoff(await handoffMessage(stage, result, token));
  removePerson(operator.home, 'Ada');
  const before = await accessors(server.address, server.rootToken);
  const stopped = await operator.station.goOnWithToken('run');
  expect(stopped.tasks[2]?.stand).toMatchObject({ kind: 'failed' });
  expect(await accessors(server.address, server.rootToken)).toBe(before);
});

async function accessors(address: string, token: string): Promise<number> {
  const answer = await fetch(`${address}/v1/auth/token/accessors?list=true`, {
    headers: { 'X-Vault-Token': token },
  });
  return ((await answer.json()) as { data: { keys: string[] } }).data.keys.length;
}
