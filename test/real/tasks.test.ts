import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTask } from '../../shared/task/read-task';
import { requestsOf } from '../../shared/task/requests-of';
import type { CreateToken } from '../../shared/task/task';
import { describeVault121, REAL_START_MS } from './describe-real';
import { describeOpenBao, startOpenBao } from './openbao';
import { openBaoProgram } from './openbao-program';
import { startRealVault } from './real-vault';

const run = promisify(execFile);

/** A server that runs, with a root token. */
interface Server {
  readonly address: string;
  readonly rootToken: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly json: { readonly data?: Record<string, unknown>; readonly auth?: Record<string, unknown> };
}

async function ask(
  server: Server,
  method: string,
  path: string,
  token: string,
  body?: string,
): Promise<Answer> {
  const answer = await fetch(`${server.address}/v1/${path}`, {
    method,
    headers: { 'X-Vault-Token': token },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return { status: answer.status, json: JSON.parse(text === '' ? '{}' : text) as Answer['json'] };
}

/** What every template does on a server, seen by that server's own read endpoints. */
function templatesOn(start: () => Promise<Server>, beside: (server: () => Server) => void = () => {}): void {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-tasks-'));
  let server: Server;
  beforeAll(async () => {
    server = await start();
  }, REAL_START_MS);
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const root = (method: string, path: string, body?: object) =>
    ask(server, method, path, server.rootToken, body && JSON.stringify(body));
  const read = async (path: string) => (await root('GET', path)).json.data ?? {};
  const taskIn = (value: object) => readTask(value, () => 'ad'.repeat(20));
  /** Sends the requests of a task as they are shown; all must go well. */
  const send = async (value: object): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (const { method, path, body, each } of requestsOf(taskIn(value))) {
      if (each) continue;
      const answer = await ask(server, method, path, server.rootToken, body ?? undefined);
      expect([`${method} ${path}`, answer.status < 300, answer.json]).toEqual([
        `${method} ${path}`,
        true,
        answer.json,
      ]);
      answers.push(answer);
    }
    return answers;
  };

  test('write-policy: the server has the policy to the letter', async () => {
    const policy = 'path "secret/data/app/*" {\n  capabilities = ["read"] # only\n}\n';
    await send({ task: 'write-policy', name: 'app-reader', policy });
    expect(await read('sys/policies/acl/app-reader')).toMatchObject({ name: 'app-reader', policy });
  });

  test('enable-auth: the method is there, mounted and configured as the plan says', async () => {
    const mount = { default_lease_ttl: '1h', listing_visibility: 'unauth' };
    const config = { disable_binding: true };
    await send({ task: 'enable-auth', type: 'cert', path: 'machines', about: 'Machines', mount, config });
    expect(await read('sys/auth')).toMatchObject({
      'machines/': {
        type: 'cert',
        description: 'Machines',
        config: { default_lease_ttl: 3600, listing_visibility: 'unauth' },
      },
    });
    expect(await read('auth/machines/config')).toMatchObject(config);
  });

  test('enable-audit: the device is there, and writes', async () => {
    const file_path = join(folder, 'audit.log');
    await send({
      task: 'enable-audit',
      type: 'file',
      path: 'log',
      about: 'All of it',
      options: { file_path },
    });
    expect(await read('sys/audit')).toMatchObject({
      'log/': { type: 'file', description: 'All of it', options: { file_path } },
    });
    await read('sys/auth');
    expect(existsSync(file_path)).toBe(true);
  });

  const limited: readonly (readonly [string, object])[] = [
    ['a short one', { ttl: '8h' }],
    [
      'one with all that a service token can have',
      { ttl: '1h', renewable: true, maxTtl: '9h', uses: 7, name: 'ada-admin' },
    ],
    ['one that is renewed and renewed', { period: '30m', renewable: true }],
    ['one that is renewed until its end', { period: '30m', renewable: true, maxTtl: '2d' }],
    ['a child of the root token', { ttl: '1h', orphan: false }],
    ['one without the policy default', { ttl: '1h', withDefault: false, policies: ['app-reader', 'other'] }],
    ['a batch token', { ttl: '2h', type: 'batch' }],
    ['a batch token with a parent', { ttl: '2h', type: 'batch', orphan: false, withDefault: false }],
  ];
  test.each(limited)('create-token: %s has exactly the properties that the plan says', async (_, change) => {
    const value = { task: 'create-token', policies: ['app-reader'], recipient: 'Ada', ...change };
    const [answer] = await send(value);
    const token = String(answer?.json.auth?.['client_token']);
    const { data = {} } = (await root('POST', 'auth/token/lookup', { token })).json;
    const plan = taskIn(value) as CreateToken;
    const life = plan.period || plan.ttl;
    expect({ ...data, policies: [...(data['policies'] as string[])].sort() }).toMatchObject({
      policies: [...plan.policies, ...(plan.withDefault ? ['default'] : [])].sort(),
      type: plan.type,
      orphan: plan.orphan,
      renewable: plan.renewable,
      creation_ttl: life,
      explicit_max_ttl: plan.maxTtl,
      num_uses: plan.uses,
      display_name: plan.name === '' ? 'token' : `token-${plan.name}`,
      path: 'auth/token/create',
    });
    expect(data['period'] ?? 0).toBe(plan.period);
    expect(data['accessor'] === '').toBe(plan.type === 'batch');
  });

  test('revoke-accessor: the token is dead, and nothing else is', async () => {
    const made = await root('POST', 'auth/token/create', { policies: ['default'], no_parent: true });
    const accessor = String(made.json.auth?.['accessor']);
    const token = String(made.json.auth?.['client_token']);
    await send({ task: 'revoke-accessor', accessor });
    expect((await ask(server, 'GET', 'auth/token/lookup-self', token)).status).toBe(403);
    expect((await root('GET', 'auth/token/lookup-self')).status).toBe(200);
  });

  test('list-root-tokens: the root token is among those listed', async () => {
    const [listed] = await send({ task: 'list-root-tokens' });
    const found: unknown[] = [];
    const [, lookup] = requestsOf(taskIn({ task: 'list-root-tokens' }));
    for (const accessor of (listed?.json.data?.['keys'] ?? []) as string[]) {
      const { json } = await root(lookup?.method ?? '', lookup?.path ?? '', { accessor });
      if ((json.data?.['policies'] as string[] | undefined)?.includes('root')) found.push(accessor);
    }
    expect(found).toContain((await read('auth/token/lookup-self'))['accessor']);
  });

  test('request: each method does what it says', async () => {
    await send({ task: 'enable-auth', type: 'approle' });
    const path = 'auth/approle/role/app';
    await send({
      task: 'request',
      method: 'POST',
      path,
      body: { token_policies: ['app-reader'], secret_id_num_uses: 3 },
    });
    const [role] = await send({ task: 'request', method: 'GET', path });
    expect(role?.json.data).toMatchObject({ token_policies: ['app-reader'], secret_id_num_uses: 3 });
    const [listed] = await send({ task: 'request', method: 'LIST', path: 'auth/approle/role' });
    expect(listed?.json.data).toEqual({ keys: ['app'] });
    const [made] = await send({
      task: 'request',
      method: 'PUT',
      path: `${path}/secret-id`,
      recipient: 'Ada',
    });
    expect(made?.json.data?.['secret_id']).toEqual(expect.any(String));
    await send({ task: 'request', method: 'DELETE', path });
    expect((await root('GET', path)).status).toBe(404);
  });

  test.each([
    ['a batch token with a period', { type: 'batch', ttl: '1h', period: '1h' }],
    ['a batch token with a limit of uses', { type: 'batch', ttl: '1h', num_uses: 2 }],
    ['a batch token with an explicit max TTL', { type: 'batch', ttl: '1h', explicit_max_ttl: '2h' }],
    ['a root token that is a batch token', { type: 'batch', ttl: '1h', policies: ['root'] }],
  ])('the server, too, refuses %s', async (_, body) => {
    expect((await root('POST', 'auth/token/create', { policies: ['default'], ...body })).status).toBe(400);
  });

  test('what the server passes over in silence is refused by the plan: the token would be another', async () => {
    const made = async (body: object) => (await root('POST', 'auth/token/create', body)).json.auth ?? {};
    expect((await made({}))['policies']).toEqual(['root']);
    expect((await made({ policies: ['default'], ttl: '8h', period: '1h' }))['lease_duration']).toBe(3600);
    expect((await made({ policies: ['default'], ttl: '8h', explicit_max_ttl: '1h' }))['lease_duration']).toBe(
      3600,
    );
    expect(
      (await made({ policies: ['default'], type: 'batch', ttl: '1h', renewable: true }))['renewable'],
    ).toBe(false);
    expect((await made({ policies: ['App-Reader'], ttl: '1h' }))['policies']).toEqual([
      'app-reader',
      'default',
    ]);
  });

  beside(() => server);

  test('revoke-self: afterwards the server refuses the token, and its children, but no orphan', async () => {
    const own = String(
      (await root('POST', 'auth/token/create', { policies: ['root'], no_parent: true })).json.auth?.[
        'client_token'
      ],
    );
    const children = await Promise.all(
      [true, false].map(async (orphan) => {
        const [create] = requestsOf(
          taskIn({ task: 'create-token', policies: ['default'], ttl: '1h', orphan, recipient: 'Ada' }),
        );
        const answer = await ask(server, 'POST', create?.path ?? '', own, create?.body ?? '');
        return String(answer.json.auth?.['client_token']);
      }),
    );
    const [revoke, prove] = requestsOf(taskIn({ task: 'revoke-self' }));
    expect((await ask(server, revoke?.method ?? '', revoke?.path ?? '', own)).status).toBe(204);
    expect((await ask(server, prove?.method ?? '', prove?.path ?? '', own)).status).toBe(403);
    const alive = await Promise.all(
      children.map((child) => ask(server, 'GET', 'auth/token/lookup-self', child)),
    );
    expect(alive.map(({ status }) => status)).toEqual([200, 403]);
  });
}

describeVault121('tasks on the real Vault', () => {
  describe('every template', () => templatesOn(() => startRealVault()));
});

await describeOpenBao('every template of a task', (version) => {
  templatesOn(
    () => startOpenBao(version, { config: { unsafe_allow_api_audit_creation: true } }),
    (server) => {
      test('the official client sees policy, method, device and token', async () => {
        const program = await openBaoProgram(version);
        const bao = async (...args: string[]): Promise<string> => {
          const env = {
            ...process.env,
            BAO_ADDR: server().address,
            BAO_TOKEN: server().rootToken,
            VAULT_TOKEN: '',
          };
          return (await run(program, args, { env })).stdout;
        };
        expect(await bao('policy', 'read', 'app-reader')).toContain('capabilities = ["read"] # only');
        expect(await bao('auth', 'list')).toMatch(/^machines\/ +cert /m);
        expect(await bao('audit', 'list')).toMatch(/^log\/ +file /m);
        const [create] = requestsOf(
          readTask(
            {
              task: 'create-token',
              policies: 'app-reader',
              ttl: '8h',
              uses: 5,
              name: 'ada',
              recipient: 'Ada',
            },
            () => 'ad'.repeat(20),
          ),
        );
        const made = await ask(server(), 'POST', create?.path ?? '', server().rootToken, create?.body ?? '');
        const said = await bao('token', 'lookup', '-accessor', String(made.json.auth?.['accessor']));
        for (const line of [
          /^num_uses +5$/m,
          /^orphan +true$/m,
          /^policies +\[app-reader default\]$/m,
          /^creation_ttl +8h$/m,
          /^display_name +token-ada$/m,
          /^type +service$/m,
        ])
          expect(said).toMatch(line);
      });
    },
  );
});
