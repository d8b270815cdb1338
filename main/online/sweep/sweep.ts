import { setMaxListeners } from 'node:events';
import { readAnswer, readTokenFacts, refuseComplaint, type TokenFacts } from '../server/answer';
import type { ServerClient } from '../server/client';
import { requestLookupAccessor } from '../server/requests';
import { asking } from '../token/asked-again';
import { LiveTokenError, lookupRefused } from '../token/live-token-error';
import { isUnknown, isUnknownAccessor, lookupAsker } from '../token/lookup';
import { type FoundRootToken, foundRootToken, isRootToken } from '../token/root-token-found';
import { accessorPages } from './accessor-list';
import type { SweepProgress } from './sweep-progress';
import { refuseStopped } from './sweep-stopped';

/** A sweep that has looked at every token. */
export interface Sweep extends SweepProgress {
  /** Of the token that it was asked with; '' where that one may not look itself up. */
  readonly asker: string;
  /** By this station's clock and by the server's. */
  readonly begunAt: Date;
}

export interface SweepOptions {
  readonly clock: () => Date;
  /** Told after each lookup. It has to be quick. */
  readonly progress?: ((progress: SweepProgress) => void) | undefined;
  /** Ends it: `LiveTokenError` 'sweep-stopped' then. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a token that is no root token is kept, too. `facts`: with the accessor that was looked up. */
  readonly wanted?: ((facts: TokenFacts) => boolean) | undefined;
  /** Accessors a page, where the server gives pages. */
  readonly page?: number | undefined;
}

/** How many lookups are under way at once. */
export const AT_ONCE = 16;

/**
 * Looks up every token of a server by its accessor, and keeps what it finds of root tokens, and of those
 * that are wanted: nothing of the others. It changes nothing on the server. Either all are looked at, or it
 * throws: `LiveTokenError` 'token-needed', 'list-refused', 'lookup-refused', 'sweep-stopped'; before the list
 * has come also `ServerError`.
 */
export async function sweepTokens(client: ServerClient, options: SweepOptions): Promise<Sweep> {
  if (!client.hasToken) {
    throw new LiveTokenError(
      'token-needed',
      'A sweep needs a server token: one that may list accessors and look tokens up by them.',
      'Set VAULT_TOKEN (or BAO_TOKEN), or give --server-token-file.',
    );
  }
  const begunAt = options.clock();
  const asker = (await lookupAsker(client))?.accessor ?? '';
  const kept = client.keeping(AT_ONCE);
  try {
    const found = await new Sweeping(kept, options).run();
    return { ...found, asker, begunAt };
  } finally {
    kept.end();
  }
}

/** One sweep under way. */
class Sweeping {
  private listed = 0;
  private listedAll = false;
  private asked = 0;
  private gone = 0;
  private unreadable = 0;
  private readonly roots: FoundRootToken[] = [];
  private readonly others: FoundRootToken[] = [];
  /** Of no use any more, since something went wrong or the sweep was told to end: what is waited for. */
  private readonly ending = new AbortController();

  constructor(
    private readonly client: ServerClient,
    private readonly options: SweepOptions,
  ) {
    // All lookups that are under way wait for it.
    setMaxListeners(2 * AT_ONCE, this.ending.signal);
  }

  async run(): Promise<SweepProgress> {
    const { signal, page } = this.options;
    const stop = () => this.end(new Error('told to end'));
    signal?.addEventListener('abort', stop);
    try {
      signal?.throwIfAborted();
      // A page is looked at before the next one is asked for: no more than one of them is held.
      const pages = accessorPages(this.client, { page, signal: this.ending.signal });
      for await (const { accessors, unreadable, last } of pages) {
        this.listed += accessors.length;
        this.listedAll = last;
        this.unreadable += unreadable;
        await this.lookAt(accessors);
      }
    } catch (error) {
      refuseStopped(error, this.progress(), signal);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    return this.progress();
  }

  private progress(): SweepProgress {
    const { listed, listedAll, asked, gone, unreadable, roots, others } = this;
    return { listed, listedAll, asked, gone, unreadable, roots, others };
  }

  /** `why`: what went wrong first, which is what is told. */
  private end(why: unknown): void {
    if (this.ending.signal.aborted) return;
    this.ending.abort(why);
    this.client.end();
  }

  /** Looks all of them up, so many at once. Throws what went wrong first. */
  private async lookAt(accessors: readonly string[]): Promise<void> {
    const { signal } = this.ending;
    const toCome = accessors.values();
    const worker = async (): Promise<void> => {
      for (const accessor of toCome) {
        if (signal.aborted) return;
        try {
          await this.lookAtOne(accessor);
        } catch (error) {
          this.end(error);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, accessors.length) }, worker));
    signal.throwIfAborted();
  }

  private async lookAtOne(accessor: string): Promise<void> {
    const facts = await this.factsOf(accessor);
    this.asked += 1;
    if (facts === null) this.gone += 1;
    else if (isRootToken(facts)) this.roots.push(foundRootToken(accessor, facts));
    else if (this.options.wanted?.({ ...facts, accessor })) this.others.push(foundRootToken(accessor, facts));
    this.options.progress?.(this.progress());
  }

  /** Null where the token is gone: it ended, or was revoked, since it was listed. */
  private async factsOf(accessor: string): Promise<TokenFacts | null> {
    const { client } = this;
    const answer = await asking(
      async () => readAnswer(await requestLookupAccessor(client, accessor), client.address),
      this.ending.signal,
    );
    if (answer.ok) return readTokenFacts(answer, client.address);
    if (isUnknownAccessor(answer)) return null;
    if (!isUnknown(answer)) refuseComplaint(answer, client.address);
    // As a server says it of a token that ends just now; and also where the one that asks may not, or is
    // dead.
    if (/bad token/i.test(answer.complaint) && (await lookupAsker(client)) !== null) return null;
    throw lookupRefused(client.address, answer.complaint || `status ${answer.status}`);
  }
}
