import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../server/answer';
import { ServerError, type ServerErrorCode } from '../server/server-error';

/** How long to wait before the same is asked once more, in milliseconds: two times, then no more. */
const PAUSES_MS = [150, 1000];

/** What may be otherwise a moment later. */
const passing: ReadonlySet<ServerErrorCode> = new Set<ServerErrorCode>([
  'unreachable',
  'timeout',
  'connection-lost',
]);

/** A server, or what stands before it, that is busy or trips over itself. A sealed one says so. */
const isPassing = ({ status, complaint }: Answer): boolean =>
  (status === 429 || status >= 500) && !/sealed|standby|not (yet )?initialized/i.test(complaint);

/**
 * The answer to a question that changes nothing on the server, so that it may be asked again: where the
 * connection breaks, or the answer is an error of the moment, it is asked up to three times. The last answer
 * comes back, whatever it is. `signal`: nobody waits for it any more. Throws what the question throws.
 */
export async function asking(question: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
  for (const pause of PAUSES_MS) {
    try {
      const answer = await question();
      if (!isPassing(answer)) return answer;
    } catch (error) {
      if (!(error instanceof ServerError && passing.has(error.code))) throw error;
      signal?.throwIfAborted();
    }
    await sleep(pause, undefined, { ...(signal === undefined ? {} : { signal }) });
  }
  return question();
}
