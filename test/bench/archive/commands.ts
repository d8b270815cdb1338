import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const airlock = resolve('dist/cli/airlock.cjs');

/** What a command took. */
interface Took {
  readonly ms: number;
  /** The most memory that it held at any time. */
  readonly peakMb: number;
  readonly out: string;
}

/** Runs a program of Node's to its end. Throws where it fails. */
export async function run(args: readonly string[], codes: readonly number[] = [0]): Promise<Took> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child));
  }, 50);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out = (out + text).slice(-20_000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  if (!codes.includes(code ?? -1)) throw new Error(`${args.join(' ')} ended with ${code}: ${out}`);
  return { ms: performance.now() - begun, peakMb, out };
}

function peakOf({ pid }: ChildProcess): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Bytes of all files below a folder. */
export function bytesIn(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? bytesIn(path) : statSync(path).size;
  }
  return bytes;
}

/** Runs a line of a shell, and says how many milliseconds it took. */
export function shell(line: string, env: Record<string, string> = {}): number {
  const begun = performance.now();
  const { status, stderr } = spawnSync('sh', ['-c', line], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${line} ended with ${status}: ${stderr}`);
  return performance.now() - begun;
}
