import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readAnswer, readTokenFacts } from '../../main/online/server/answer';
import { ServerClient } from '../../main/online/server/client';
import { requestLookupAccessor } from '../../main/online/server/requests';
import { accessorPages } from '../../main/online/sweep/accessor-list';
import { AT_ONCE, sweepTokens } from '../../main/online/sweep/sweep';
import { startRehearsalServer } from '../../main/rehearsal/server';
import type { Row } from './table';
import { tableText } from './table-text';

/**
 * `npm run bench:sweep`: how long a sweep takes, and how much memory, against looking each token up one after
 * the other and keeping what is found, in the same run. `-- --tokens 100000` for more than 10,000. The server
 * is the rehearsal's own, in a process of its own and two milliseconds away; or a real one that `--server
 * URL` names, with a root token in VAULT_TOKEN: the tokens are made there, and stay.
 */
const [mode, ...rest] = process.argv.slice(2);
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

/** Milliseconds by which the rehearsal's server answers later: as near as another machine may be. */
const DELAY_MS = 2;
/** Times as fast as one after the other that a sweep has to be. */
const SPEED_BAR = 1.5;
/** Megabytes that a sweep may grow from its first tenth to its end, whatever the number of tokens. */
const MEMORY_BAR = 32;

interface Measured {
  readonly found: number;
  readonly roots: number;
  readonly ms: number;
  /** Of the process, from a tenth of the tokens on to the highest. */
  readonly growthMb: number;
}

/** A server of its own, until standard input ends. */
async function serve(): Promise<void> {
  const server = await startRehearsalServer({
    listen: '127.0.0.1:0',
    shares: 3,
    threshold: 2,
    tokenFormat: 'hvs',
  });
  const { address, close } = await relay(new URL(server.address), DELAY_MS);
  process.stdout.write(`${JSON.stringify({ address, token: server.rootToken })}\n`);
  process.stdin.resume();
  await once(process.stdin, 'end');
  close();
  await server.close();
}

/**
 * Passes everything on, and answers somewhat later, as a network does: on loopback only the processor counts.
 */
async function relay(
  to: URL,
  delay: number,
): Promise<{ readonly address: string; readonly close: () => void }> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    const server = connect(Number(to.port), to.hostname);
    for (const each of [socket, server]) {
      sockets.add(each.setNoDelay(true));
      each.on('error', () => undefined).on('close', () => sockets.delete(each));
    }
    socket.pipe(server);
    server.on('data', (chunk) => setTimeout(() => socket.write(chunk), delay));
    server.on('end', () => setTimeout(() => socket.end(), delay));
    socket.on('close', () => server.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const bound = listener.address();
  if (bound === null || typeof bound === 'string') throw new Error('not listening');
  return {
    address: `http://127.0.0.1:${bound.port}`,
    close: () => {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Follows the memory of this process, asked for at each token. */
function memory(): { readonly at: (done: number, all: number) => void; readonly growthMb: () => number } {
  let base = 0;
  let most = 0;
  return {
    at: (done, all) => {
      if (done < all / 10 || done % 250 !== 0) return;
      const now = process.memoryUsage.rss();
      base ||= now;
      most = Math.max(most, now);
    },
    growthMb: () => Math.max(0, most - base) / 2 ** 20,
  };
}

async function ours(client: ServerClient, all: number): Promise<Measured> {
  const { at, growthMb } = memory();
  const begun = performance.now();
  const { asked, roots } = await sweepTokens(client, {
    clock: () => new Date(),
    progress: (progress) => at(progress.asked, all),
  });
  return { found: asked, roots: roots.length, ms: performance.now() - begun, growthMb: growthMb() };
}

async function theirs(client: ServerClient, all: number): Promise<Measured> {
  const { at, growthMb } = memory();
  const begun = performance.now();
  const found = [];
  for await (const { accessors } of accessorPages(client)) {
    for (const accessor of accessors) {
      const answer = readAnswer(await requestLookupAccessor(client, accessor), client.address);
      found.push(readTokenFacts(answer, client.address));
      at(found.length, all);
    }
  }
  const roots = found.filter(({ policies }) => policies.includes('root')).length;
  return { found: found.length, roots, ms: performance.now() - begun, growthMb: growthMb() };
}

/** Makes so many tokens: most of them limited, and one in a thousand a root token. */
async function fill(address: string, token: string, count: number): Promise<void> {
  let made = 0;
  const worker = async (): Promise<void> => {
    while (made < count) {
      const n = made++;
      const body = JSON.stringify({ policies: [n % 1000 === 0 ? 'root' : 'default'], ttl: '24h' });
      const answer = await fetch(`${address}/v1/auth/token/create`, {
        method: 'POST',
        headers: { 'X-Vault-Token': token },
        body,
      });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`making a token failed with status ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const here = fileURLToPath(import.meta.url);
const child = (args: readonly string[], env: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, [here, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('no output');
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
  return line;
}

async function measure(
  which: 'ours' | 'theirs',
  address: string,
  token: string,
  all: number,
): Promise<Measured> {
  const process_ = child([which, address, String(all)], { BENCH_TOKEN: token });
  const line = await firstLine(process_);
  process_.stdin?.end();
  return JSON.parse(line) as Measured;
}

async function main(): Promise<void> {
  const tokens = Number(option('--tokens') ?? 10_000);
  const real = option('--server');
  const own = real === undefined ? child(['serve']) : null;
  try {
    const { address, token } =
      own === null
        ? { address: real ?? '', token: process.env['VAULT_TOKEN'] ?? '' }
        : (JSON.parse(await firstLine(own)) as { address: string; token: string });
    process.stderr.write(`Making ${tokens} tokens …\n`);
    await fill(address, token, tokens);
    await sleep(500);
    process.stderr.write('Looking each up, one after the other …\n');
    const slow = await measure('theirs', address, token, tokens);
    process.stderr.write('Sweeping …\n');
    const fast = await measure('ours', address, token, tokens);
    const rows = rowsOf(tokens, fast, slow);
    process.stdout.write(tableText(rows));
    if (rows.some(({ met }) => met === 'no')) process.exitCode = 1;
  } finally {
    own?.stdin?.end();
  }
}

function rowsOf(tokens: number, fast: Measured, slow: Measured): Row[] {
  const ratio = slow.ms / fast.ms;
  const met = (yes: boolean): 'yes' | 'no' => (yes ? 'yes' : 'no');
  return [
    {
      measured: `sweep of ${tokens} tokens`,
      against: 'one after the other',
      ours: `${ratio.toFixed(2)} × as fast (${(fast.ms / 1000).toFixed(1)} s)`,
      theirs: `${(slow.ms / 1000).toFixed(1)} s`,
      bar: `≥ ${SPEED_BAR} ×`,
      met: met(ratio >= SPEED_BAR),
    },
    {
      measured: 'memory growth, after the first tenth',
      against: 'one after the other, all kept',
      ours: `${(fast.growthMb / Math.max(1, slow.growthMb)).toFixed(2)} × (${fast.growthMb.toFixed(0)} MB)`,
      theirs: `${slow.growthMb.toFixed(0)} MB`,
      bar: `≤ ${MEMORY_BAR} MB`,
      met: met(fast.growthMb <= MEMORY_BAR),
    },
    {
      measured: 'root tokens found, of tokens looked at',
      against: 'one after the other',
      ours: `${fast.roots} of ${fast.found}`,
      theirs: `${slow.roots} of ${slow.found}`,
      bar: 'the same',
      met: met(fast.roots === slow.roots && fast.found === slow.found),
    },
  ];
}

if (mode === 'serve') await serve();
else if (mode === 'ours' || mode === 'theirs') {
  const client = new ServerClient({ address: rest[0] ?? '', token: process.env['BENCH_TOKEN'] });
  const all = Number(rest[1]);
  const measured = await (mode === 'ours' ? ours(client, all) : theirs(client, all));
  process.stdout.write(`${JSON.stringify(measured)}\n`);
} else await main();
