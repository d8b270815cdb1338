import type { OperatorAt, PendingShare, ShareFate } from '../../../shared/ceremony/operator';
import type { SignedMessage } from '../../../shared/message/wire';
import type { Journal } from '../../store/journal';
import { countAnswers } from '../attempt/answer-count';
import { AttemptError } from '../attempt/attempt-error';
import { endAttempt } from '../attempt/end';
import { recordSameStation } from '../attempt/same-station';
import { become } from '../attempt/state';
import { isUnknown } from '../attempt/unsettled';
import { type StationContext, signer } from '../station-context';
import { sweepCommands, sweepSentence } from '../token/orphan-sweep';
import type { ShareOutcome } from './outcome';
import { recordOnce, recordUnknown, sharesSeen } from './record';
import { writeResult } from './result';
import { SubmitError } from './submit-error';

/** Where the ceremony stands after a share that was counted. */
interface Settled {
  readonly state: OperatorAt<'open'> | OperatorAt<'finished'>;
  /** Once the attempt is finished. */
  readonly result: SignedMessage<'result'> | null;
}

/** A share that was sent, and the ceremony at whose station. */
export interface Sent {
  readonly context: StationContext;
  readonly journal: Journal;
  readonly state: OperatorAt<'open'>;
  readonly share: PendingShare;
}

/**
 * Puts an outcome on record, journal first, and says what follows from it. What a crash left in the journal
 * already isn't written again. Throws for all but a counted share and a finished attempt: `SubmitError`
 * 'share-unknown', 'share-rejected', 'share-already-given', `AttemptError` 'attempt-changed', 'answer-lost',
 * the `ServerError` of a share that wasn't taken, `StationError` 'locked' where the result can't be signed,
 * `StoreError`.
 */
export async function settleOutcome(sent: Sent, outcome: ShareOutcome): Promise<Settled> {
  switch (outcome.kind) {
    case 'counted':
      return counted(sent, outcome.progress, outcome.required);
    case 'finished':
      return finished(sent, outcome);
    case 'unknown':
      return unknown(sent, outcome);
    case 'rejected':
      return rejected(sent, outcome.complaint);
    case 'given-before':
      return givenBefore(sent);
    case 'not-sent':
      return notSent(sent, outcome);
    case 'changed':
      return attemptChanged(sent, outcome.found);
    case 'lost':
      return lost(sent, outcome.what);
  }
}

/** The ceremony after the share's fate is known, on disk. */
function settled({ context, state }: Sent, fate: ShareFate): OperatorAt<'open'> {
  const answers = countAnswers(context.home.ceremony(state.id));
  return become(context, state, { type: 'share-settled', fate, answers });
}

function counted(sent: Sent, progress: number, required: number): Settled {
  const { journal, state, share } = sent;
  recordOnce(journal, share.digest, 'share-submitted', {
    nonce: state.nonce,
    progress,
    required,
    complete: false,
    sharesSeenHere: sharesSeen(journal),
  });
  return { state: settled(sent, { kind: 'counted', progress, required }), result: null };
}

async function finished(
  { context, journal, state, share }: Sent,
  { required, encodedToken }: Outcome<'finished'>,
): Promise<Settled> {
  // Nothing of it goes on record before the message that it leads to can be signed.
  signer(context);
  recordSameStation(journal, state);
  recordOnce(journal, share.digest, 'share-submitted', {
    nonce: state.nonce,
    progress: required,
    required,
    complete: true,
    sharesSeenHere: sharesSeen(journal),
  });
  return writeResult(context, journal, state, share.digest, { encodedToken, required });
}

function unknown(sent: Sent, { progress, required, reason }: Outcome<'unknown'>): never {
  const { journal, share } = sent;
  const now = `The server counts ${progress} of ${required} now, and ${share.progressBefore} before; another station may have given a share in between.`;
  recordUnknown(journal, share.digest, `${reason} ${now}`);
  settled(sent, { kind: 'unknown', progress });
  throw new SubmitError(
    'share-unknown',
    `${reason} ${now} So it isn't known whether the share of ${share.name} is among them. Give the same share message again, before any other: where the server has it, it says so, and the share counts once.`,
  );
}

function rejected(sent: Sent, complaint: string): never {
  const { journal, state, share } = sent;
  const reason = `The shares together were wrong (${complaint || 'the server gave no reason'}), and the server counts from 0 again.`;
  recordOnce(journal, share.digest, 'share-rejected', { kind: 'wrong-shares', reason, reset: true });
  const givers = [...state.round, share.name];
  const elsewhere = Math.max(0, state.progress + 1 - givers.length);
  settled(sent, { kind: 'rejected' });
  throw new SubmitError(
    'share-rejected',
    `At least one of the ${state.required} shares is wrong, so the server threw all of them away and counts from 0 again; the attempt is still open. These must release again: ${givers.join(', ')}${elsewhere > 0 ? `, and ${elsewhere} more at other stations` : ''}. First each compares their share with its card: a server can't tell which one was wrong.`,
  );
}

function givenBefore(sent: Sent): Settled {
  const { journal, state, share } = sent;
  // The earlier sending of it, whose answer was lost, is what the server counted.
  if (isUnknown(journal, share.custodian, state.nonce)) return counted(sent, state.progress, state.required);
  recordOnce(journal, share.digest, 'share-rejected', {
    kind: 'given-before',
    reason: 'The server has this share already.',
  });
  settled(sent, { kind: 'given-before' });
  throw new SubmitError(
    'share-already-given',
    `The server has counted this very share before (${share.name}): two custodians hold the same one, or it was given twice. The attempt goes on; another custodian's share is needed.`,
  );
}

function notSent(sent: Sent, { silence, error }: Outcome<'not-sent'>): never {
  const said = silence ? 'Not counted yet' : 'Not counted';
  recordOnce(sent.journal, sent.share.digest, 'share-rejected', {
    kind: silence ? 'not-counted-yet' : 'not-counted',
    reason: `${said}: ${error.message}`.slice(0, 600),
    ...(silence ? { unsure: true } : {}),
  });
  settled(sent, { kind: 'not-taken' });
  throw error;
}

function attemptChanged(sent: Sent, found: string): never {
  const { context, journal, state, share } = sent;
  recordOnce(journal, share.digest, 'attempt-changed', { expected: state.nonce, found });
  endAttempt(context, journal, settled(sent, { kind: 'ended' }), 'cancelled', 'the attempt is gone');
  throw new AttemptError(
    'attempt-changed',
    `The attempt changed on the server while a share was on its way: ${found === '' ? 'it has vanished' : 'another one stands in its place'}. Somebody cancelled it, or another station finished it. The server did not take this share. Tell the officer before anything else.`,
  );
}

function lost(sent: Sent, what: string): never {
  const { context, journal, state, share } = sent;
  const { server } = state;
  recordOnce(journal, share.digest, 'answer-lost', { nonce: state.nonce, what: what.slice(0, 600) });
  endAttempt(
    context,
    journal,
    settled(sent, { kind: 'ended' }),
    'lost',
    'an answer was lost that may have been the last',
  );
  throw new AttemptError('answer-lost', sweepSentence(what, context.clock(), server), sweepCommands(server));
}

type Outcome<Kind extends ShareOutcome['kind']> = Extract<ShareOutcome, { readonly kind: Kind }>;
