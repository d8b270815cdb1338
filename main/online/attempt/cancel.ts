import { nonceOf } from '../../../shared/ceremony/operator';
import { nonceWords } from '../../../shared/words';
import { OnlineError } from '../online-error';
import { findDialect } from '../server/dialect';
import { checkKnownServer } from '../server/known-server';
import { ceremonyJournal, stationJournal } from '../station-context';
import { StationError } from '../station-error';
import { AttemptError } from './attempt-error';
import type { AttemptContext } from './context';
import { endAttempt } from './end';
import { cancelAttempt } from './on-server';
import { type AttemptState, loadAttempt } from './state';

/**
 * Cancels the attempt of `known`, or any other one that is named by its nonce, and checks that it is gone.
 * Never cancels an attempt that wasn't named, and never before a share's answer that lies here unread was
 * read. Throws `AttemptError` 'no-attempt', 'attempt-changed', 'already-finished', 'answer-lost',
 * 'not-cancelled', and `ServerError`, of which 'other-server' is one.
 */
export async function cancelNamed(
  context: AttemptContext,
  known: AttemptState | null,
  namedNonce: string | undefined,
): Promise<{ readonly nonce: string }> {
  const knownNonce = known === null ? '' : nonceOf(known);
  const nonce = namedNonce ?? knownNonce;
  const own = known !== null && knownNonce === nonce ? await settledOwn(context, known) : null;
  if (own !== null) await checkKnownServer(context.client, own.server);
  const { dialect, attempt } = await findDialect(context.client);
  const journal =
    own === null
      ? stationJournal(context, known?.rehearsal ?? false)
      : ceremonyJournal(context, own.id, own.rehearsal);
  if (!attempt.open || attempt.nonce !== nonce) {
    if (own !== null && own.step === 'finished') throw finished();
    if (own?.step === 'open') {
      journal.append('attempt-changed', { expected: nonce, found: attempt.open ? attempt.nonce : '' });
    }
    if (!attempt.open) {
      if (own !== null) endAttempt(context, journal, own, 'cancelled', 'the attempt is gone');
      throw new AttemptError(
        'no-attempt',
        'No attempt is open on the server, so there is nothing to cancel.',
      );
    }
    throw new AttemptError(
      'attempt-changed',
      `The attempt that is open on the server (${nonceWords(attempt.nonce)}, nonce ${attempt.nonce}) isn't the one you named, so it was left alone. If it must go all the same, name it by its nonce.`,
      `Type airlock online cancel --nonce ${attempt.nonce}`,
    );
  }
  journal.append('cancel-intent', { nonce });
  await cancelAttempt(context.client, dialect);
  const later = (await findDialect(context.client)).attempt;
  if (later.open && later.nonce === nonce) {
    throw new AttemptError(
      'not-cancelled',
      'The server took the request to cancel, but the attempt is open still. Try again, and look at the server.',
    );
  }
  journal.append('attempt-cancelled', { nonce });
  if (own !== null) endAttempt(context, journal, own, 'cancelled', 'the attempt was cancelled');
  return { nonce };
}

/** The station's own attempt, once it is known what became of the share that was sent last. */
async function settledOwn(context: AttemptContext, known: AttemptState): Promise<AttemptState> {
  if (known.step !== 'open' || known.pending === null) return known;
  let state: AttemptState | null;
  try {
    state = await context.settled(known.id);
  } catch (error) {
    if (!(error instanceof OnlineError)) throw error;
    if (error instanceof StationError && error.code === 'locked') {
      throw new AttemptError(
        'already-finished',
        "This attempt is finished, so nothing was cancelled: the last answer lies on this station's disk, unread. Unlock this station and let it show the result: that signs it, and so takes the passphrase.",
        'Type airlock online submit, without a message.',
      );
    }
    state = loadAttempt(context.home, known.id);
    // Some outcomes are told by an error, and the attempt goes on: it is to be cancelled.
    const goesOn = state?.step === 'open' && state.pending === null;
    if (!goesOn) throw error;
  }
  if (state?.step === 'finished') throw finished();
  return state ?? known;
}

const finished = (): AttemptError =>
  new AttemptError(
    'already-finished',
    'This attempt is finished, so there is nothing to cancel. Its result can be shown again. A token that nobody wants is revoked.',
    'The result is shown by airlock online submit, without a message. A token is revoked by airlock online revoke',
  );
