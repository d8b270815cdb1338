import type { Journal } from '../store/journal';
import { withdrawAttempts } from './announce';
import { type AttemptState, isOver, saveAttempt } from './attempt-state';
import { destroySecret } from './introduction';
import type { StationContext } from './station-context';

/**
 * This station's part in an attempt is over: nobody need answer its attempt message any more, and the key that shares are sealed
 * to is destroyed. What is finished or lost stays so.
 */
export function endAttempt(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
  step: 'cancelled' | 'lost',
  reason: string,
): AttemptState {
  withdrawAttempts(journal, reason);
  const ended = saveAttempt(
    context.home,
    { ...state, step: isOver(state) ? state.step : step, sealing: null },
    context.clock(),
  );
  destroySealingKey(context, journal, state.id);
  return ended;
}

/** Destroys the key that shares are sealed to, and puts that on record. */
export function destroySealingKey(context: StationContext, journal: Journal, ceremony: string): void {
  if (destroySecret(context.home.ceremony(ceremony).secret)) {
    journal.append('secret-destroyed', { what: 'sealing-key' });
  }
}
