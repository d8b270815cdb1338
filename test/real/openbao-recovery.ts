import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenBao, startOpenBao } from './openbao';
import { type OpenBaoVersion, openBaoProgram } from './openbao-program';
import { ServerProcess } from './server-process';

/** A storage that was initialized once, and what that gave. */
interface Initialized {
  readonly folder: string;
  /** Hex: recovery keys. */
  readonly shares: readonly string[];
}

const initialized = new Map<OpenBaoVersion, Promise<Initialized>>();

/**
 * Starts a real OpenBao that unseals itself (a static seal, on storage in a folder) in recovery mode. Its
 * shares are recovery keys; no root token works on it. Initializing takes long, so that is done once, and
 * each server gets a copy.
 */
export async function startInRecoveryMode(
  version: OpenBaoVersion,
): Promise<Pick<OpenBao, 'address' | 'shares' | 'threshold' | 'rootToken' | 'close'>> {
  const before = initialized.get(version) ?? initialize(version);
  initialized.set(version, before);
  const { folder: original, shares } = await before;
  const folder = await mkdtemp(join(tmpdir(), 'airlock-openbao-recovery-'));
  try {
    await cp(original, folder, { recursive: true });
    return { ...(await restart(version, folder)), shares, threshold: 3, rootToken: '' };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function initialize(version: OpenBaoVersion): Promise<Initialized> {
  const folder = await mkdtemp(join(tmpdir(), 'airlock-openbao-initialized-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'seal-key'), randomBytes(32));
  await mkdir(join(folder, 'data'));
  const config = { ...kept(folder), cluster_addr: `http://127.0.0.1:${await freePort()}` };
  const whole = await startOpenBao(version, { shares: 5, threshold: 3, config });
  await whole.close();
  return { folder, shares: whole.shares };
}

const kept = (folder: string) => ({
  storage: { raft: { path: join(folder, 'data'), node_id: 'one' } },
  seal: { static: { current_key_id: 'one', current_key: `file://${join(folder, 'seal-key')}` } },
});

async function restart(version: OpenBaoVersion, folder: string) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const config = join(folder, 'config.json');
  const listener = [{ tcp: { address: `127.0.0.1:${port}`, tls_disable: true } }];
  await writeFile(
    config,
    JSON.stringify({ ...kept(folder), listener, cluster_addr: address, log_level: 'error' }),
  );
  const args = ['server', '-recovery', `-config=${config}`];
  const server = new ServerProcess(await openBaoProgram(version), args, folder);
  const answers = () =>
    fetch(`${address}/v1/sys/generate-recovery-token/attempt`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    server.expectAlive();
    await sleep(50);
  }
  return { address, close: () => server.kill() };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const bound = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (bound === null || typeof bound === 'string') throw new Error('no free port');
  return bound.port;
}
