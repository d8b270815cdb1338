import { fromHex, toHex } from '../../shared/bytes';
import { type SignedMessage, signMessage, wireBytes } from '../../shared/message/wire';
import type { Journal } from '../store/journal';
import { writeMessageFile } from '../store/message-file';
import { countAnswers, readKeptAnswer } from './answer-file';
import { afterSilence, readShareAnswer, type ShareOutcome } from './attempt-driver';
import { type AttemptState, saveAttempt, sharesSeen } from './attempt-state';
import { destroySecret } from './introduction';
import { OnlineError } from './online-error';
import { type StationContext, signer } from './station-context';

interface Settled {
  readonly state: AttemptState;
  readonly result: SignedMessage<'result'> | null;
}

/**
 * Where a crash or a dead connection left a share without an outcome: finds it out, from the kept answer if there is one, else
 * from the server. Throws what `settleOutcome` throws.
 */
export async function settlePending(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
): Promise<AttemptState> {
  const { pending, nonce, required } = state;
  if (pending === null) return state;
  const paths = context.home.ceremony(state.id);
  const kept = countAnswers(paths);
  const outcome =
    kept > state.answers
      ? await readShareAnswer(
          context.client,
          readKeptAnswer(paths, kept),
          nonce,
          pending.progressBefore,
          required,
        )
      : await afterSilence(
          context.client,
          nonce,
          pending.progressBefore,
          required,
          'This station stopped before the answer was on its disk.',
        );
  if (outcome.kind === 'not-sent')
    return saveAttempt(context.home, { ...state, pending: null, answers: kept }, context.clock());
  return (await settleOutcome(context, journal, state, outcome)).state;
}

/**
 * Puts an outcome on record, journal first, and says what follows from it. Throws `OnlineError` for all but a counted share
 * and a finished attempt.
 */
export async function settleOutcome(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
  outcome: ShareOutcome,
): Promise<Settled> {
  const { pending, nonce } = state;
  const answers = countAnswers(context.home.ceremony(state.id));
  const cleared: AttemptState = { ...state, pending: null, answers };
  const submitted =
    pending === null
      ? state.submitted
      : [...state.submitted, { digest: pending.digest, custodian: pending.custodian, nonce }];
  const save = (next: AttemptState): AttemptState => saveAttempt(context.home, next, context.clock());

  switch (outcome.kind) {
    case 'counted': {
      const { progress, required } = outcome;
      const round = [...state.round, ...(pending === null ? [] : [pending.name])];
      const next: AttemptState = { ...cleared, submitted, progress, required, round };
      journal.append('share-submitted', {
        nonce,
        progress,
        required,
        complete: false,
        sharesSeenHere: sharesSeen(next),
      });
      return { state: save(next), result: null };
    }
    case 'finished': {
      const { required } = outcome;
      const next: AttemptState = { ...cleared, submitted, progress: required, required };
      journal.append('share-submitted', {
        nonce,
        progress: required,
        required,
        complete: true,
        sharesSeenHere: sharesSeen(next),
      });
      return writeResult(context, journal, next, outcome.encodedToken);
    }
    case 'rejected': {
      const reason = `The shares together were wrong (${outcome.complaint || 'the server gave no reason'}), and the server counts from 0 again.`;
      journal.append('share-rejected', { reason });
      const givers = [...state.round, ...(pending === null ? [] : [pending.name])];
      const elsewhere = Math.max(0, state.progress + 1 - givers.length);
      save({ ...cleared, submitted, progress: 0, round: [] });
      throw new OnlineError(
        'share-rejected',
        `At least one of the ${state.required} shares is wrong, so the server threw all of them away and counts from 0 again; the attempt is still open. These must release again: ${givers.join(', ')}${elsewhere > 0 ? `, and ${elsewhere} more at other stations` : ''}. First each compares their share with its card: a server can't tell which one was wrong.`,
      );
    }
    case 'given-before':
      journal.append('share-rejected', { reason: 'The server has this share already.' });
      save({ ...cleared, submitted });
      throw new OnlineError(
        'share-already-given',
        `The server has counted this very share before${pending === null ? '' : ` (${pending.name})`}: two custodians hold the same one, or it was given twice. The attempt goes on; another custodian's share is needed.`,
      );
    case 'not-sent':
      journal.append('share-rejected', { reason: `Not counted: ${outcome.error.message}`.slice(0, 600) });
      save(cleared);
      throw outcome.error;
    case 'changed':
      journal.append('attempt-changed', { expected: nonce, found: outcome.found });
      save({ ...cleared, submitted, step: outcome.found === '' ? 'cancelled' : state.step });
      throw new OnlineError(
        'attempt-changed',
        `The attempt changed on the server while a share was on its way: ${outcome.found === '' ? 'it has vanished' : 'another one stands in its place'}. Somebody cancelled it, or another station finished it. Tell the officer before anything else.`,
      );
    case 'lost':
      journal.append('answer-lost', { nonce, what: outcome.what.slice(0, 600) });
      save({ ...cleared, submitted, step: 'lost' });
      throw new OnlineError('answer-lost', sweepSentence(outcome.what, context.clock()));
  }
}

/** What to do when a root token may live that nobody holds. */
const sweepSentence = (what: string, now: Date): string =>
  `The last share was sent, but the server's answer did not arrive: ${what}. The server gives that answer only once, so a live root token may exist now that nobody holds. Sweep for it: with a token that may, list the accessors (vault list auth/token/accessors), look each up (vault token lookup -accessor ACCESSOR), and revoke every one with policy root and path auth/token/root that was created about ${now.toISOString().slice(0, 16)}Z (airlock online revoke --accessor ACCESSOR). If an attempt is open still, cancel it (airlock online cancel); then start anew.`;

/** Writes the message that carries the encoded token to the officer, and forgets the key that shares were sealed to. */
async function writeResult(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
  encodedToken: string,
): Promise<Settled> {
  const identity = signer(context);
  const now = context.clock();
  const message = await signMessage(
    {
      v: 1,
      type: 'result',
      ceremony: fromHex(state.id),
      prev: fromHex(state.start),
      issuedAt: now.toISOString(),
      from: identity.fingerprint,
      body: { nonce: state.nonce, encodedToken, pgpFingerprint: state.pgpFingerprint },
    },
    identity.privateKey,
  );
  const digest = toHex(message.digest);
  const paths = context.home.ceremony(state.id);
  journal.append('message-sent', { type: 'result', digest, carrier: 'file' });
  writeMessageFile(paths.message(digest), wireBytes(message));
  const next = saveAttempt(
    context.home,
    { ...state, step: 'finished', result: digest, sealing: null, round: [] },
    now,
  );
  if (destroySecret(paths.secret)) journal.append('secret-destroyed', { what: 'sealing-key' });
  return { state: next, result: message };
}
