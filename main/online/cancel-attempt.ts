import { nonceWords } from '../../shared/words';
import { withdrawAttempt } from './announce';
import { cancelAttempt } from './attempt-driver';
import { type AttemptState, saveAttempt } from './attempt-state';
import { findDialect } from './dialect';
import { destroySecret } from './introduction';
import { OnlineError } from './online-error';
import { ceremonyJournal, type StationContext, stationJournal } from './station-context';

/**
 * Cancels the attempt of `state`, or any other one that is named by its nonce, and checks that it is gone. Never cancels an
 * attempt that wasn't named. Throws `OnlineError` 'no-attempt', 'attempt-changed', and those of the client.
 */
export async function cancelNamed(
  context: StationContext,
  state: AttemptState | null,
  namedNonce: string | undefined,
): Promise<{ readonly nonce: string }> {
  const { dialect, attempt } = await findDialect(context.client);
  const nonce = namedNonce ?? state?.nonce ?? '';
  const own = state !== null && state.nonce === nonce;
  const journal = own
    ? ceremonyJournal(context, state.id, state.rehearsal)
    : stationJournal(context, state?.rehearsal ?? false);
  if (!attempt.open || attempt.nonce !== nonce) {
    if (own && state.step === 'open') {
      journal.append('attempt-changed', { expected: nonce, found: attempt.open ? attempt.nonce : '' });
    }
    if (!attempt.open) {
      if (own) close(context, state);
      throw new OnlineError('no-attempt', 'No attempt is open on the server, so there is nothing to cancel.');
    }
    throw new OnlineError(
      'attempt-changed',
      `The attempt that is open on the server (${nonceWords(attempt.nonce)}, nonce ${attempt.nonce}) isn't the one you named, so it was left alone. If it must go all the same, name it: airlock online cancel --nonce ${attempt.nonce}`,
    );
  }
  await cancelAttempt(context.client, dialect);
  const after = (await findDialect(context.client)).attempt;
  if (after.open && after.nonce === nonce) {
    throw new OnlineError(
      'server-error',
      'The server took the request to cancel, but the attempt is open still. Try again, and look at the server.',
    );
  }
  journal.append('attempt-cancelled', { nonce });
  if (own) {
    withdrawAttempt(journal, state, 'the attempt was cancelled');
    close(context, state);
    if (destroySecret(context.home.ceremony(state.id).secret)) {
      journal.append('secret-destroyed', { what: 'sealing-key' });
    }
  }
  return { nonce };
}

function close(context: StationContext, state: AttemptState): void {
  if (state.step === 'finished') return;
  saveAttempt(
    context.home,
    { ...state, step: 'cancelled', sealing: null, pending: null, attempts: [] },
    context.clock(),
  );
}
