import { AirlockError } from '../../../shared/airlock-error';
import { LiveTokenError } from '../token/live-token-error';
import type { SweepProgress } from './sweep-progress';

/**
 * Says of a sweep that ended early how far it came, so that nobody takes its finds for all. What went wrong
 * before the first list had come is thrown as it is. Always throws.
 */
export function refuseStopped(error: unknown, progress: SweepProgress, signal?: AbortSignal): never {
  const { asked, listed, listedAll, roots } = progress;
  const stopped = signal?.aborted === true;
  if (!stopped && (listed === 0 || !(error instanceof AirlockError))) throw error;
  const why = stopped || !(error instanceof AirlockError) ? 'It was told to.' : error.message;
  const found =
    roots.length === 0
      ? 'No root token was among those.'
      : `Among those ${roots.length === 1 ? 'is a root token' : `are ${roots.length} root tokens`}: ${roots.map(({ accessor }) => accessor).join(', ')}.`;
  throw new LiveTokenError(
    !stopped && error instanceof LiveTokenError ? error.code : 'sweep-stopped',
    `The sweep stopped before its end: ${asked} of ${listedAll ? listed : `${listed} or more`} tokens were looked at. ${why} ${found} Nothing was changed on the server, and no sweep is on record. Sweep again: it begins anew.`,
    error instanceof AirlockError ? error.typed : '',
  );
}
