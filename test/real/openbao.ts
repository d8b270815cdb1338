import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { OPENBAO_VERSIONS, type OpenBaoVersion, openBaoProgram, whyNoOpenBao } from './openbao-program';
import { ServerProcess } from './server-process';

export interface OpenBaoOptions {
  /** Further lines of its configuration, in JSON, beside storage and listener. */
  readonly config?: object;
  /** Further settings of its listener. */
  readonly listener?: object;
  /** Default 3. */
  readonly shares?: number;
  /** Default 2. */
  readonly threshold?: number;
  /** Default: a free one. */
  readonly port?: number;
  /** It was here before, on a storage that stayed: with these shares; or it runs in recovery mode now. */
  readonly before?: Pick<OpenBao, 'shares' | 'rootToken'> | 'recovery';
}

/** Who asks, and where. */
interface Asking {
  readonly token?: string;
  readonly namespace?: string;
  readonly body?: object;
}

export interface Reply {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

/** A real OpenBao that runs, unsealed and with nothing in it. */
export interface OpenBao {
  readonly address: string;
  /** Hex: unseal key shares, or recovery keys where it unseals itself. */
  readonly shares: readonly string[];
  readonly threshold: number;
  readonly rootToken: string;
  /** A call of its API; as root, unless a token is named. */
  call(method: string, path: string, asking?: Asking): Promise<Reply>;
  close(): Promise<void>;
}

/** A namespace with a seal of its own, unsealed. */
export interface SealedNamespace {
  readonly path: string;
  readonly uuid: string;
  readonly id: string;
  /** Hex. */
  readonly shares: readonly string[];
}

/**
 * Starts a real OpenBao on storage in memory, initializes and unseals it. It dies with this process at the
 * latest.
 */
export async function startOpenBao(version: OpenBaoVersion, options: OpenBaoOptions = {}): Promise<OpenBao> {
  const program = await openBaoProgram(version);
  const folder = await mkdtemp(join(tmpdir(), 'airlock-openbao-'));
  const port = options.port ?? (await freePort());
  const address = `http://127.0.0.1:${port}`;
  const config = join(folder, 'config.json');
  const listener = { address: `127.0.0.1:${port}`, tls_disable: true, ...options.listener };
  const settings = {
    storage: { inmem: {} },
    listener: [{ tcp: listener }],
    api_addr: address,
    log_level: 'error',
  };
  await writeFile(config, JSON.stringify({ ...settings, ...options.config }));
  const mode = options.before === 'recovery' ? ['-recovery'] : [];
  const server = new ServerProcess(program, ['server', ...mode, `-config=${config}`], folder);
  const { shares = 3, threshold = 2 } = options;
  let rootToken = '';
  const call: OpenBao['call'] = (method, path, asking = {}) =>
    callApi(address, method, path, { token: rootToken, ...asking });
  try {
    const first = mode.length > 0 ? 'sys/generate-recovery-token/attempt' : 'sys/init';
    while ((await call('GET', first).catch(() => null)) === null) {
      server.expectAlive();
      await sleep(50);
    }
    if (options.before === 'recovery')
      return { address, shares: [], threshold, rootToken, call, close: () => server.close() };
    const seal = (await call('GET', 'sys/seal-status')).json;
    const own = { secret_shares: shares, secret_threshold: threshold };
    const recovery = { recovery_shares: shares, recovery_threshold: threshold };
    const made =
      options.before === undefined
        ? (await call('PUT', 'sys/init', { body: seal['type'] === 'shamir' ? own : recovery })).json
        : { keys: options.before.shares, root_token: options.before.rootToken };
    const keys = (seal['type'] === 'shamir' ? made['keys'] : made['recovery_keys']) as string[];
    if (seal['type'] === 'shamir')
      for (const key of keys.slice(0, threshold)) await call('PUT', 'sys/unseal', { body: { key } });
    rootToken = String(made['root_token']);
    while ((await call('GET', 'sys/health')).json['standby'] !== false) await sleep(50);
    return { address, shares: keys, threshold, rootToken, call, close: () => server.close() };
  } catch (error) {
    await server.close();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Makes a namespace with a seal of its own below the whole server, and unseals it, unless `sealed`. */
export async function sealedNamespace(
  bao: OpenBao,
  path: string,
  { shares = 4, threshold = 2, sealed = false } = {},
): Promise<SealedNamespace> {
  const seal = `seal "shamir" {\n  shares = ${shares}\n  threshold = ${threshold}\n}\n`;
  const { json } = await bao.call('PUT', `sys/namespaces/${path}`, { body: { seal } });
  const data = json['data'] as { uuid: string; id: string; key_shares: string[] };
  if (!sealed)
    for (const key of data.key_shares.slice(0, threshold))
      await bao.call('PUT', `sys/namespaces/${path}/unseal`, { body: { key } });
  return { path, uuid: data.uuid, id: data.id, shares: data.key_shares };
}

/**
 * A group of tests for each release of OpenBao. Where one can't be had they are skipped, which fails in CI.
 */
export async function describeOpenBao(name: string, body: (version: OpenBaoVersion) => void): Promise<void> {
  for (const version of OPENBAO_VERSIONS) {
    const missing = await whyNoOpenBao(version);
    if (missing === null) {
      describe(`${name}, on OpenBao ${version}`, () => body(version));
    } else if (process.env['CI']) {
      test(`${name}, on OpenBao ${version}`, () => {
        expect.fail(`No OpenBao to test against, and CI must have one. ${missing}`);
      });
    } else {
      describe.skip(`${name}, on OpenBao ${version} (skipped: ${missing})`, () => body(version));
    }
  }
}

async function callApi(address: string, method: string, path: string, asking: Asking): Promise<Reply> {
  const answer = await fetch(`${address}/v1/${path}`, {
    method,
    headers: {
      ...(asking.token ? { 'X-Vault-Token': asking.token } : {}),
      ...(asking.namespace ? { 'X-Vault-Namespace': asking.namespace } : {}),
    },
    ...(asking.body === undefined ? {} : { body: JSON.stringify(asking.body) }),
  });
  const text = await answer.text();
  return { status: answer.status, json: JSON.parse(text === '' ? '{}' : text) as Record<string, unknown> };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const bound = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (bound === null || typeof bound === 'string') throw new Error('no free port');
  return bound.port;
}
