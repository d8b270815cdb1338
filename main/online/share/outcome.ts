import type { SignedMessage } from '../../../shared/message/wire';
import type { Journal } from '../../store/journal';
import type { ShareOutcome } from '../attempt/driver';
import { endAttempt } from '../attempt/end';
import { recordSameStation } from '../attempt/same-station';
import { type AttemptState, saveAttempt } from '../attempt/state';
import { OnlineError } from '../online-error';
import { type StationContext, signer } from '../station-context';
import { sweepSentence } from '../token/orphan';
import { countAnswers } from './answer-file';
import {
  GIVEN_BEFORE,
  isUnknown,
  NOT_COUNTED,
  NOT_COUNTED_YET,
  recordOnce,
  recordUnknown,
  sharesSeen,
} from './record';
import { writeResult } from './result';

interface Settled {
  readonly state: AttemptState;
  readonly result: SignedMessage<'result'> | null;
}

/**
 * Puts an outcome on record, journal first, and says what follows from it. What a crash left in the journal already isn't
 * written again. Throws `OnlineError` for all but a counted share and a finished attempt.
 */
export async function settleOutcome(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
  pending: NonNullable<AttemptState['pending']>,
  outcome: ShareOutcome,
): Promise<Settled> {
  const { nonce } = state;
  const { digest, custodian, name } = pending;
  const answers = countAnswers(context.home.ceremony(state.id));
  const cleared: AttemptState = { ...state, pending: null, answers };
  const submitted = [...state.submitted, { digest, custodian, nonce }];
  const save = (next: AttemptState): AttemptState => saveAttempt(context.home, next, context.clock());

  const count = (progress: number, required: number): Settled => {
    recordOnce(journal, digest, 'share-submitted', {
      nonce,
      progress,
      required,
      complete: false,
      sharesSeenHere: sharesSeen(journal),
    });
    const round = [...state.round, name];
    return { state: save({ ...cleared, submitted, progress, required, round }), result: null };
  };

  switch (outcome.kind) {
    case 'counted':
      return count(outcome.progress, outcome.required);
    case 'unknown': {
      const { progress, required, reason } = outcome;
      const now = `The server counts ${progress} of ${required} now, and ${pending.progressBefore} before; another station may have given a share in between.`;
      recordUnknown(journal, digest, `${reason} ${now}`);
      save({ ...cleared, progress });
      throw new OnlineError(
        'share-unknown',
        `${reason} ${now} So it isn't known whether the share of ${name} is among them. Give the same share message again, before any other: where the server has it, it says so, and the share counts once.`,
      );
    }
    case 'finished': {
      // Nothing of it goes on record before the message that it leads to can be signed.
      signer(context);
      const { required } = outcome;
      recordSameStation(journal, state);
      recordOnce(journal, digest, 'share-submitted', {
        nonce,
        progress: required,
        required,
        complete: true,
        sharesSeenHere: sharesSeen(journal),
      });
      const next: AttemptState = { ...cleared, submitted, progress: required, required };
      return writeResult(context, journal, next, digest, outcome.encodedToken);
    }
    case 'rejected': {
      const reason = `The shares together were wrong (${outcome.complaint || 'the server gave no reason'}), and the server counts from 0 again.`;
      recordOnce(journal, digest, 'share-rejected', { reason, reset: true });
      const givers = [...state.round, name];
      const elsewhere = Math.max(0, state.progress + 1 - givers.length);
      save({ ...cleared, submitted, progress: 0, round: [] });
      throw new OnlineError(
        'share-rejected',
        `At least one of the ${state.required} shares is wrong, so the server threw all of them away and counts from 0 again; the attempt is still open. These must release again: ${givers.join(', ')}${elsewhere > 0 ? `, and ${elsewhere} more at other stations` : ''}. First each compares their share with its card: a server can't tell which one was wrong.`,
      );
    }
    case 'given-before':
      // The earlier sending of it, whose answer was lost, is what the server counted.
      if (isUnknown(journal, custodian, nonce)) return count(state.progress, state.required);
      recordOnce(journal, digest, 'share-rejected', { reason: GIVEN_BEFORE });
      save({ ...cleared, submitted });
      throw new OnlineError(
        'share-already-given',
        `The server has counted this very share before (${name}): two custodians hold the same one, or it was given twice. The attempt goes on; another custodian's share is needed.`,
      );
    case 'not-sent':
      recordOnce(journal, digest, 'share-rejected', {
        reason: `${outcome.silence ? NOT_COUNTED_YET : NOT_COUNTED}${outcome.error.message}`.slice(0, 600),
        ...(outcome.silence ? { unsure: true } : {}),
      });
      save(cleared);
      throw outcome.error;
    case 'changed':
      recordOnce(journal, digest, 'attempt-changed', { expected: nonce, found: outcome.found });
      endAttempt(context, journal, { ...cleared, submitted }, 'cancelled', 'the attempt is gone');
      throw new OnlineError(
        'attempt-changed',
        `The attempt changed on the server while a share was on its way: ${outcome.found === '' ? 'it has vanished' : 'another one stands in its place'}. Somebody cancelled it, or another station finished it. The server did not take this share. Tell the officer before anything else.`,
      );
    case 'lost':
      recordOnce(journal, digest, 'answer-lost', { nonce, what: outcome.what.slice(0, 600) });
      endAttempt(
        context,
        journal,
        { ...cleared, submitted },
        'lost',
        'an answer was lost that may have been the last',
      );
      throw new OnlineError('answer-lost', sweepSentence(outcome.what, context.clock()));
  }
}
