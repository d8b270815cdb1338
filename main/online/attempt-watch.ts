import { nonceWords } from '../../shared/words';
import type { Journal } from '../store/journal';
import type { AttemptState } from './attempt-state';
import type { Found } from './dialect';
import { endAttempt } from './end-attempt';
import { OnlineError } from './online-error';
import type { StationContext } from './station-context';

/**
 * Throws 'attempt-changed' where the server no longer has this station's attempt open, once that is on record: it is watched at
 * every share, since anyone who reaches the server could have cancelled it (DESIGN.md §5.8).
 */
export function refuseChanged(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
  { attempt }: Found,
): void {
  if (attempt.open && attempt.nonce === state.nonce) return;
  const found = attempt.open ? attempt.nonce : '';
  journal.append('attempt-changed', { expected: state.nonce, found });
  endAttempt(context, journal, state, 'cancelled', 'the attempt is gone');
  throw new OnlineError(
    'attempt-changed',
    found === ''
      ? `The attempt ${nonceWords(state.nonce)} has vanished from the server: somebody cancelled it, it was finished at another station, or the server restarted. No share was sent. Tell the officer; if no station has a result, start anew.`
      : `Another attempt (${nonceWords(found)}) stands in the place of ours (${nonceWords(state.nonce)}) on the server: somebody cancelled ours and started their own. No share was sent to it. Tell the officer before anything else.`,
  );
}

/** Throws 'no-attempt' where this station's part in the attempt is over. */
export function refuseClosed({ step }: AttemptState): void {
  if (step === 'open') return;
  throw new OnlineError(
    'no-attempt',
    step === 'lost'
      ? 'The last answer of this attempt was lost. Sweep for the orphan root token first; if the attempt is open still, cancel it and start anew.'
      : 'This attempt is not open at this station (it was cancelled, or its start was cut off). Give the start message again: airlock online start --message FILE',
  );
}
