import { expect, vi } from 'vitest';
import { HandoffError } from '../../../../main/online/task/handoff-error';
import type { TokenWork } from '../../../../main/online/task/work';
import { asciiBytes } from '../../../../shared/bytes';
import type { TaskEntry } from '../../../../shared/task/task';
import { test } from '../fixtures';
import { type Intercept, type Passing, startProxy } from '../proxy';
import { rehearsalServer, type Stage } from '../stage';
import { copiedStation, finishedAttempt, handoffMessage, opsToken } from './handed';
import { restOfServer, victim } from './rest-of-server';

vi.setConfig({ testTimeout: 300_000 });

test.override({ shape: { shares: 1, threshold: 1 } });

const tasksFor = (stage: Stage): TaskEntry[] => [
  {
    task: 'write-policy',
    name: 'ops',
    policy: ['path "secret/data/ops" {', '  capabilities = ["read"]', '}'],
  },
  { task: 'enable-auth', path: 'oidc', type: 'oidc', about: '' },
  { task: 'enable-auth', path: 'jwt', type: 'jwt', about: '', config: '{"default_role":"ops"}' },
  { task: 'enable-audit', path: 'file', type: 'file', about: '', options: '{"file_path":"/tmp/a"}' },
  opsToken(stage.custodians[0]?.fingerprint),
  { task: 'revoke-accessor', accessor: victim, about: '' },
  { task: 'list-root-tokens' },
  { task: 'request', method: 'POST', path: 'auth/oidc/role/ops', body: '{"ttl":"1h"}', about: '' },
  { task: 'revoke-self' },
];

/** The request of each task that the fault meets; of the second method only its configuration. */
const met = [
  'sys/policies/acl/ops',
  'sys/auth/oidc',
  'auth/jwt/config',
  'sys/audit/file',
  'auth/token/create',
  'auth/token/revoke-accessor',
  'auth/token/accessors',
  'auth/oidc/role/ops',
  'auth/token/revoke-self',
];

type Fault = (passing: Passing, act: () => Promise<void>) => Promise<void> | void;
const answer =
  (status: number, type: string, text: string): Fault =>
  ({ response }) =>
    void response.writeHead(status, { 'content-type': type }).end(text);

const faults: Readonly<Record<string, Fault>> = {
  'cut before the server acted': ({ response }) => void response.socket?.destroy(),
  'cut after the server acted': async ({ response }, act) => {
    await act();
    response.socket?.destroy();
  },
  'status 500': answer(500, 'application/json', '{"errors":["internal error"]}'),
  'status 503': answer(503, 'application/json', '{"errors":["Vault is sealed"]}'),
  'a web page': answer(200, 'text/html', '<html>Sign in</html>'),
  'no answer in time': async (_, act) => act(),
};

/**
 * What each task comes to at once: done; or it stops, because the server said no or because nobody knows.
 * What can be read back is; of a token that may have been made nobody says that it wasn't.
 */
const table: Readonly<Record<string, string>> = {
  'cut before the server acted': 'unknown unknown unknown unknown unknown unknown done unknown',
  'cut after the server acted': 'done done unknown done unknown done done unknown',
  'status 500': 'failed failed unknown failed unknown failed done unknown',
  'status 503': 'failed failed unknown failed unknown failed failed unknown',
  'a web page': 'unknown unknown unknown unknown unknown unknown failed unknown',
  'no answer in time': 'done done unknown done unknown done done unknown',
};

test('whatever goes wrong with a request, its task is done, or stops with its name, and the token ends dead', async ({
  stage,
  server,
  operator,
}) => {
  const result = await finishedAttempt(stage, server.shares, tasksFor(stage));
  for (const [name, fault] of Object.entries(faults)) {
    const own = await rehearsalServer({ shares: 1, threshold: 1 });
    const proxy = await startProxy(own.address);
    const rest = restOfServer();
    rest.there.set(victim, '');
    const left = new Set(met);
    proxy.intercept = async (passing) => {
      const path = (passing.request.url ?? '').replace('/v1/', '').replace(/\?.*/, '');
      const writes = passing.request.method !== 'GET' || path.endsWith('accessors');
      if (!writes || !left.delete(path)) return rest.intercept(passing);
      await fault(passing, () => act(rest.intercept, passing));
      return true;
    };
    const token = asciiBytes(own.rootToken);
    const timeoutMs = name === 'no answer in time' ? 1500 : 20_000;
    const { station } = copiedStation(operator, { address: proxy.address, timeoutMs });
    await station.takeHandoff(await handoffMessage(stage, result, token));

    const first: string[] = [];
    let work = await station.goOnWithToken('run');
    for (let i = 0; i < 20 && work.next.kind === 'ask'; i++) {
      const at = work.next.task - 1;
      const stopped = work.tasks[at];
      first[at] ??= stopped?.stand.kind ?? '';
      // Once more where that can't do it twice; else without it.
      work = await goOn(
        () => station.goOnWithToken(stopped?.safeAgain ? 'again' : 'go-on'),
        () => station.tokenWork(),
      );
    }
    // The revocation met the fault as well: it is asked for until the server refuses the token.
    for (let i = 0; i < 3 && work.outcome === null; i++)
      work = await goOn(
        () => station.goOnWithToken('revoke'),
        () => station.tokenWork(),
      );
    const seen = work.tasks.map((_, i) => first[i] ?? 'done').join(' ');
    expect([name, seen]).toEqual([name, table[name]]);
    // What may be done twice is done in the end; what may not is named, and left.
    expect([name, work.outcome?.envelope.body.tasks.map(({ fate }) => fate).join(' ')]).toEqual([
      name,
      'done done done done unknown done done unknown',
    ]);
    expect([...left]).toEqual([]);
    expect(await station.lookup(token)).toBeNull();
  }
});

/** Has the server do what was asked, and its answer come to nothing. */
async function act(intercept: Intercept, passing: Passing): Promise<void> {
  const nowhere = { writeHead: () => nowhere, end: () => nowhere } as unknown as Passing['response'];
  if (!(await intercept({ ...passing, response: nowhere }))) await passing.forward();
}

/** As an operator reads it: a token that is alive still is said, and then revoked again. */
async function goOn(work: () => Promise<TokenWork>, look: () => Promise<TokenWork>): Promise<TokenWork> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HandoffError) || error.code !== 'not-revoked') throw error;
    return look();
  }
}
