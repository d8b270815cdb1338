import { expect, vi } from 'vitest';
import { OnlineError } from '../../../../main/online/online-error';
import { HandoffError } from '../../../../main/online/task/handoff-error';
import type { TokenWork } from '../../../../main/online/task/work';
import { asciiBytes } from '../../../../shared/bytes';
import type { TaskEntry } from '../../../../shared/task/task';
import { act, type Fault, type FaultName, faults, slow } from '../faults';
import { test } from '../fixtures';
import { startProxy } from '../proxy';
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

/**
 * What each task comes to at once: done; or it stops, because the server said no or because nobody knows.
 * What can be read back is; of a token that may have been made nobody says that it wasn't.
 */
const table: Readonly<Record<FaultName, string>> = {
  'a delay': 'done done done done done done done done',
  'cut before the server acted': 'unknown unknown unknown unknown unknown unknown done unknown',
  'cut after the server acted': 'done done unknown done unknown done done unknown',
  // The second of two says that the path is in use; of the first one nobody heard.
  'a duplicate': 'done failed done failed done done done done',
  'status 500': 'failed failed unknown failed unknown failed done unknown',
  'status 503': 'failed failed unknown failed unknown failed failed unknown',
  'a redirect to another machine': 'failed failed failed failed failed failed failed failed',
  'a web page': 'unknown unknown unknown unknown unknown unknown failed unknown',
  'a slow drip': 'done done unknown done unknown done done unknown',
  'a huge body': 'done done unknown done unknown done failed unknown',
  'no answer in time': 'done done unknown done unknown done done unknown',
};

test('whatever goes wrong with a request, its task is done, or stops with its name, and the token ends dead', async ({
  stage,
  server,
  operator,
}) => {
  const result = await finishedAttempt(stage, server.shares, tasksFor(stage));
  for (const name of Object.keys(faults) as FaultName[]) {
    const fault: Fault = faults[name];
    const own = await rehearsalServer({ shares: 1, threshold: 1 });
    const proxy = await startProxy(own.address);
    const rest = restOfServer();
    rest.there.set(victim, '');
    // A list may take its time.
    const left = new Set(met.filter((path) => !(slow.has(name) && path.endsWith('accessors'))));
    proxy.intercept = async (passing) => {
      const path = (passing.request.url ?? '').replace('/v1/', '').replace(/\?.*/, '');
      const writes = passing.request.method !== 'GET' || path.endsWith('accessors');
      if (!writes || !left.delete(path)) return rest.intercept(passing);
      return (await fault(passing, () => act(passing, rest.intercept))) || rest.intercept(passing);
    };
    const token = asciiBytes(own.rootToken);
    const timeoutMs = slow.has(name) ? 1500 : 20_000;
    const { station } = copiedStation(operator, { address: proxy.address, timeoutMs });
    await station.takeHandoff(await handoffMessage(stage, result, token));

    const first: string[] = [];
    const tried = new Set<number>();
    let work = await station.goOnWithToken('run');
    for (let i = 0; i < 20 && work.next.kind === 'ask'; i++) {
      const at = work.next.task - 1;
      const stopped = work.tasks[at];
      first[at] ??= stopped?.stand.kind ?? '';
      // Once more where that can't do it twice; else, or where it failed again, without it.
      const once = stopped?.safeAgain === true && tried.size < tried.add(at).size;
      work = await goOn(
        () => station.goOnWithToken(once ? 'again' : 'go-on'),
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
    const ends = work.tasks.map(({ safeAgain }, i) =>
      safeAgain && name !== 'a duplicate' ? 'done' : (first[i] ?? 'done'),
    );
    expect([name, work.outcome?.envelope.body.tasks.map(({ fate }) => fate)]).toEqual([name, ends]);
    expect([...left]).toEqual([]);
    expect(await station.lookup(token)).toBeNull();
  }
});

/** What the first lookup, and the one that is the proof, come to: done, or stopped by that name. */
const lookups: Readonly<Record<FaultName, readonly [string, string]>> = {
  'a delay': ['done', 'done'],
  'cut before the server acted': ['done', 'done'],
  'cut after the server acted': ['done', 'done'],
  'a duplicate': ['done', 'done'],
  'status 500': ['done', 'done'],
  'status 503': ['sealed', 'sealed'],
  'a redirect to another machine': ['redirected', 'redirected'],
  'a web page': ['not-a-server', 'not-a-server'],
  'a slow drip': ['done', 'done'],
  'a huge body': ['answer-too-large', 'answer-too-large'],
  'no answer in time': ['done', 'done'],
};

test('whatever goes wrong with a lookup of the token, it is asked again, or named, and nothing is called dead or looked up that is not', async ({
  stage,
  server,
  operator,
}) => {
  const result = await finishedAttempt(stage, server.shares, [{ task: 'revoke-self' }]);
  for (const name of Object.keys(faults) as FaultName[]) {
    const fault: Fault = faults[name];
    const own = await rehearsalServer({ shares: 1, threshold: 1 });
    const proxy = await startProxy(own.address);
    const token = asciiBytes(own.rootToken);
    const timeoutMs = slow.has(name) ? 500 : 20_000;
    const { station } = copiedStation(operator, { address: proxy.address, timeoutMs });
    /** Has the next lookup after `path` meet the fault. */
    const meet = (path: string): void => {
      let state: 'before' | 'next' | 'over' = path === '' ? 'next' : 'before';
      proxy.intercept = (passing) => {
        const { url = '' } = passing.request;
        if (path !== '' && url.endsWith(path)) state = 'next';
        if (state !== 'next' || !url.endsWith('lookup-self')) return false;
        state = 'over';
        return fault(passing, () => act(passing));
      };
    };
    const named = (work: Promise<TokenWork>): Promise<string> =>
      work.then(
        ({ accessor, proof }) => (accessor === null ? 'nothing' : proof === '' ? 'no proof' : 'done'),
        (error: unknown) => (error instanceof OnlineError ? error.code : String(error)),
      );
    meet('');
    const taken = await named(station.takeHandoff(await handoffMessage(stage, result, token)));
    if (taken !== 'done') expect((await station.tokenWork()).accessor).not.toBeNull();
    meet('revoke-self');
    const ended = await named(station.goOnWithToken('run'));
    if (ended !== 'done') expect((await station.goOnWithToken('revoke')).proof).toMatch(/answers 403/);
    expect([name, taken, ended]).toEqual([name, ...lookups[name]]);
    expect((await station.tokenWork()).outcome).not.toBeNull();
  }
});

/** As an operator reads it: a token that is alive still is said, and then revoked again. */
async function goOn(work: () => Promise<TokenWork>, look: () => Promise<TokenWork>): Promise<TokenWork> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HandoffError) || error.code !== 'not-revoked') throw error;
    return look();
  }
}
