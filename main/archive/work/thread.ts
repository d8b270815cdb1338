import { parentPort } from 'node:worker_threads';
import { AirlockError } from '../../../shared/airlock-error';
import type { ArchiveErrorCode } from '../archive-error';
import { sha256Of } from '../evidence/bundle';
import { useNativeCryptography } from '../native-cryptography';
import { type Done, doJob, type Job } from './job';

/** What a thread is given. `scripts`: those that it asked for, by SHA-256; null: not kept. */
export interface Order {
  readonly n: number;
  readonly job: Job;
  readonly scripts: ReadonlyMap<string, Uint8Array | null>;
}

/** What it answers: the result, the domain's error, a script that it needs first, or what it failed of. */
export type Answer = { readonly n: number } & (
  | { readonly done: Done<Job> }
  | { readonly refused: { readonly code: ArchiveErrorCode; readonly message: string } }
  | { readonly needs: string }
  | { readonly failed: unknown }
);

class Needs extends Error {
  constructor(readonly sha256: string) {
    super(`a script is needed: ${sha256}`);
  }
}

/** Scripts that every folder has; those whose bytes are what their name says are asked for once. */
const scripts = new Map<string, Uint8Array>();

/** Does one job after the other, for as long as the program that started this thread wants. */
export function workAsThread(): void {
  useNativeCryptography();
  parentPort?.on('message', (order: Order) => void answer(order));
}

async function answer({ n, job, scripts: given }: Order): Promise<void> {
  for (const [sha256, bytes] of given)
    if (bytes !== null && sha256Of(bytes) === sha256) scripts.set(sha256, bytes);
  parentPort?.postMessage(await answerTo(n, job, given));
}

async function answerTo(n: number, job: Job, given: Order['scripts']): Promise<Answer> {
  try {
    const done = await doJob(job, async (sha256) => {
      const bytes = scripts.get(sha256) ?? given.get(sha256);
      if (bytes === undefined) throw new Needs(sha256);
      return bytes;
    });
    return { n, done };
  } catch (error) {
    if (error instanceof Needs) return { n, needs: error.sha256 };
    if (error instanceof AirlockError)
      return { n, refused: { code: error.code as ArchiveErrorCode, message: error.message } };
    return { n, failed: error };
  }
}
