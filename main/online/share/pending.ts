import type { Journal } from '../../store/journal';
import { countAnswers } from '../attempt/answer-count';
import { type AttemptState, become, loadAttempt } from '../attempt/state';
import { readAnswer, readAttempt } from '../server/answer';
import type { RawAnswer } from '../server/client';
import { checkKnownServer } from '../server/known-server';
import { ServerError } from '../server/server-error';
import { ceremonyJournal, type StationContext } from '../station-context';
import { readKeptAnswer, salvageAnswer } from './answer-file';
import { afterSilence, readShareAnswer, type ShareOutcome } from './outcome';
import { recordAnswer, recordedOutcome, wasLast } from './record';
import { type Sent, settleOutcome } from './settlement';

/**
 * Where a crash or a dead connection left a share without an outcome: finds it out from the journal, else
 * from the kept answer, else from the server. Throws what `settleOutcome` throws.
 */
export async function settlePending(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
): Promise<AttemptState> {
  if (state.step !== 'open' || state.pending === null) return state;
  const sent: Sent = { context, journal, state, share: state.pending };
  const outcome = recordedOutcome(journal, state.pending.digest) ?? (await askedOutcome(sent));
  if (outcome.kind === 'not-sent') {
    const answers = countAnswers(context.home.ceremony(state.id));
    return become(context, state, { type: 'share-settled', fate: { kind: 'not-taken' }, answers });
  }
  return (await settleOutcome(sent, outcome)).state;
}

/**
 * The ceremony's state at this station, with no share's outcome left open in it. Throws what `settleOutcome`
 * throws.
 */
export async function loadSettled(context: StationContext, ceremony: string): Promise<AttemptState | null> {
  const state = loadAttempt(context.home, ceremony);
  if (state?.step !== 'open' || state.pending === null) return state;
  return settlePending(context, ceremonyJournal(context, state.id, state.rehearsal), state);
}

async function askedOutcome({ context, journal, state, share }: Sent): Promise<ShareOutcome> {
  const { nonce, required } = state;
  const paths = context.home.ceremony(state.id);
  salvageAnswer(paths);
  const kept = countAnswers(paths);
  if (kept > state.answers) {
    const answer = readKeptAnswer(paths, kept);
    if (!isPlain(answer, context.client.address)) await checkKnownServer(context.client, state.server);
    recordAnswer(journal, share.digest, nonce, answer.body);
    return readShareAnswer(context.client, answer, nonce, share.progressBefore, required);
  }
  if (wasLast(journal, share.digest)) {
    return {
      kind: 'lost',
      what: "it came, but this station's disk did not take it, and it was shown on the screen then",
    };
  }
  await checkKnownServer(context.client, state.server);
  return afterSilence(
    context.client,
    nonce,
    share.progressBefore,
    required,
    'this station stopped before the answer was on its disk',
  );
}

/** Whether a kept answer says all by itself, so that the server needn't be asked about it. */
function isPlain(raw: RawAnswer, address: string): boolean {
  try {
    const answer = readAnswer(raw, address);
    if (answer.ok) readAttempt(answer, address);
    return answer.ok;
  } catch (error) {
    if (error instanceof ServerError) return false;
    throw error;
  }
}
