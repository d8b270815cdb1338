import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const announced = z.looseObject({ address: z.string(), shares: z.array(z.string()) });

export interface OwnServer {
  readonly address: string;
  /** In hex. They protect nothing. */
  readonly shares: readonly string[];
  close(): Promise<void>;
}

/**
 * A rehearsal server in a process of its own, as a server is a machine of its own: one that lived in the
 * process that takes the pictures would have to wait for each of them. Needs `npm run build`.
 */
export async function startOwnServer(...options: readonly string[]): Promise<OwnServer> {
  const command = [resolve('dist/cli/airlock.cjs'), 'rehearsal-server', '--json', ...options];
  const server = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const close = async (): Promise<void> => {
    server.kill();
    await ended;
  };
  for await (const line of createInterface({ input: server.stdout })) {
    const { address, shares } = announced.parse(JSON.parse(line));
    return { address, shares, close };
  }
  throw new Error('the rehearsal server ended before it said where it is');
}
