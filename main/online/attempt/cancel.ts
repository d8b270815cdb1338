import { nonceWords } from '../../../shared/words';
import { OnlineError, type OnlineErrorCode } from '../online-error';
import { findDialect } from '../server/dialect';
import { checkKnownServer } from '../server/known-server';
import { loadSettled } from '../share/settle';
import { ceremonyJournal, type StationContext, stationJournal } from '../station-context';
import { cancelAttempt } from './driver';
import { endAttempt } from './end';
import { type AttemptState, loadAttempt } from './state';

/**
 * Cancels the attempt of `known`, or any other one that is named by its nonce, and checks that it is gone. Never cancels an
 * attempt that wasn't named, and never before a share's answer that lies here unread was read. Throws `OnlineError` 'no-attempt',
 * 'attempt-changed', 'other-server', 'already-finished', 'answer-lost', and those of the client.
 */
export async function cancelNamed(
  context: StationContext,
  known: AttemptState | null,
  namedNonce: string | undefined,
): Promise<{ readonly nonce: string }> {
  const nonce = namedNonce ?? known?.nonce ?? '';
  const own = known !== null && known.nonce === nonce ? await settled(context, known) : null;
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
      throw new OnlineError('no-attempt', 'No attempt is open on the server, so there is nothing to cancel.');
    }
    throw new OnlineError(
      'attempt-changed',
      `The attempt that is open on the server (${nonceWords(attempt.nonce)}, nonce ${attempt.nonce}) isn't the one you named, so it was left alone. If it must go all the same, name it: airlock online cancel --nonce ${attempt.nonce}`,
    );
  }
  journal.append('cancel-intent', { nonce });
  await cancelAttempt(context.client, dialect);
  const after = (await findDialect(context.client)).attempt;
  if (after.open && after.nonce === nonce) {
    throw new OnlineError(
      'server-error',
      'The server took the request to cancel, but the attempt is open still. Try again, and look at the server.',
    );
  }
  journal.append('attempt-cancelled', { nonce });
  if (own !== null) endAttempt(context, journal, own, 'cancelled', 'the attempt was cancelled');
  return { nonce };
}

/** After these the attempt goes on, and is to be cancelled. */
const GOES_ON: ReadonlySet<OnlineErrorCode> = new Set<OnlineErrorCode>([
  'share-rejected',
  'share-already-given',
  'share-unknown',
]);

/** The station's own attempt, once it is known what became of the share that was sent last. */
async function settled(context: StationContext, known: AttemptState): Promise<AttemptState> {
  if (known.pending === null) return known;
  let state: AttemptState | null;
  try {
    state = await loadSettled(context, known.id);
  } catch (error) {
    if (!(error instanceof OnlineError)) throw error;
    if (error.code === 'locked') {
      throw new OnlineError(
        'already-finished',
        "This attempt is finished, so nothing was cancelled: the last answer lies on this station's disk, unread. Read it with airlock online submit, without a message: that signs the result, and so asks for the passphrase.",
      );
    }
    if (!GOES_ON.has(error.code)) throw error;
    state = loadAttempt(context.home, known.id);
  }
  if (state?.step === 'finished') throw finished();
  return state ?? known;
}

const finished = (): OnlineError =>
  new OnlineError(
    'already-finished',
    'This attempt is finished, so there is nothing to cancel. Its result can be shown with airlock online submit, without a message. A token that nobody wants is revoked: airlock online revoke.',
  );
