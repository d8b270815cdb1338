import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ArchiveError } from '../archive-error';
import type { ScriptOf } from '../evidence/bundle';
import { type Done, doJob, type Job } from './job';
import type { Answer, Order } from './thread';

/** Where the program lies, from the part of it that this is; '': this is all of it. Set by its build. */
declare const PROGRAM_FILE: string;

/** Jobs that are done before it is worth a thread's start. */
const FEW = 8;
const MOST = 16;

/** Said to a thread of the program, by which `main/cli.ts` knows itself as one. */
const THREAD = 'airlock archive';

interface Waiting {
  readonly job: Job;
  readonly scriptOf: ScriptOf;
  readonly scripts: Map<string, Uint8Array | null>;
  readonly resolve: (done: Done<Job>) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Set<number>;
}

/**
 * Does jobs on all cores: on one thread each, which are this program once more. The first few are done here,
 * and all of them where the program isn't built. The caller closes it.
 */
export class Workers {
  private readonly threads: Thread[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private begun = 0;

  /** How many jobs keep all threads busy. */
  readonly width = 2 + 2 * Math.min(availableParallelism(), MOST);

  /** Says how many jobs there will be, so that threads start while their caller still reads. */
  expect(jobs: number): void {
    if (jobs > FEW && this.threads.length === 0) this.start();
  }

  /** `scriptOf` gives what a ceremony's evidence needs besides. Throws `ArchiveError` as `doJob`. */
  async do<J extends Job>(job: J, scriptOf: ScriptOf): Promise<Done<J>> {
    const n = ++this.begun;
    this.expect(n);
    if (this.threads.length === 0) return doJob(job, scriptOf);
    return (await new Promise<Done<Job>>((resolve, reject) => {
      this.waiting.set(n, { job, scriptOf, scripts: new Map(), resolve, reject });
      const [thread] = [...this.threads].sort((a, b) => a.jobs.size - b.jobs.size);
      if (thread !== undefined) this.give(thread, n);
    })) as Done<J>;
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  private start(): void {
    if (typeof PROGRAM_FILE === 'undefined') return;
    const program = PROGRAM_FILE === '' ? __filename : join(__dirname, PROGRAM_FILE);
    for (let i = 0; i < Math.min(availableParallelism(), MOST); i++) {
      const worker = new Worker(program, {
        workerData: THREAD,
        argv: [],
        stdin: false,
        resourceLimits: { maxYoungGenerationSizeMb: 24 },
      });
      const thread: Thread = { worker, jobs: new Set() };
      worker.on('message', (answer: Answer) => void this.take(thread, answer));
      worker.on('error', (error) => this.lose(thread, error));
      worker.on('exit', () => this.lose(thread, new Error('A thread of this program ended by itself.')));
      this.threads.push(thread);
    }
  }

  private give(thread: Thread, n: number): void {
    const waiting = this.waiting.get(n);
    if (waiting === undefined) return;
    thread.jobs.add(n);
    thread.worker.postMessage({ n, job: waiting.job, scripts: waiting.scripts } satisfies Order);
  }

  private async take(thread: Thread, answer: Answer): Promise<void> {
    const { n } = answer;
    const waiting = this.waiting.get(n);
    if (waiting === undefined) return;
    const { scriptOf, scripts, resolve, reject } = waiting;
    if ('needs' in answer) {
      try {
        scripts.set(answer.needs, await scriptOf(answer.needs));
        this.give(thread, n);
        return;
      } catch (error) {
        reject(error);
      }
    } else if ('done' in answer) resolve(answer.done);
    else
      reject(
        'refused' in answer ? new ArchiveError(answer.refused.code, answer.refused.message) : answer.failed,
      );
    this.waiting.delete(n);
    thread.jobs.delete(n);
  }

  private lose(thread: Thread, error: unknown): void {
    for (const n of thread.jobs) {
      this.waiting.get(n)?.reject(error);
      this.waiting.delete(n);
    }
    thread.jobs.clear();
    const at = this.threads.indexOf(thread);
    if (at >= 0) this.threads.splice(at, 1);
  }
}

/** Does something with workers, and ends them. */
export async function withWorkers<T>(work: (workers: Workers) => Promise<T>): Promise<T> {
  const workers = new Workers();
  try {
    return await work(workers);
  } finally {
    await workers.close();
  }
}

/**
 * Works on several things at once, no more than `most`, and gives what became of each in their order: so
 * that what takes a moment is begun before what stood before it has ended.
 */
export async function* ahead<T, R>(
  things: Iterable<T> | AsyncIterable<T>,
  most: number,
  work: (thing: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for await (const thing of things) {
    const one = work(thing);
    // Whoever asks for it hears of its error, in its turn.
    one.catch(() => undefined);
    begun.push(one);
    const [first] = begun;
    if (begun.length < most || first === undefined) continue;
    // The one that is awaited now.
    void begun.shift();
    yield await first;
  }
  for (const one of begun) yield await one;
}
