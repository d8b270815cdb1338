import type { Journal } from '../../store/journal';
import { afterSilence, readShareAnswer, type ShareOutcome } from '../attempt/driver';
import { type AttemptState, loadAttempt, saveAttempt } from '../attempt/state';
import { OnlineError } from '../online-error';
import { readAnswer, readAttempt } from '../server/answer';
import type { RawAnswer } from '../server/client';
import { checkKnownServer } from '../server/known-server';
import { ceremonyJournal, type StationContext } from '../station-context';
import { countAnswers, readKeptAnswer, salvageAnswer } from './answer-file';
import { settleOutcome } from './outcome';
import { recordAnswer, recordedOutcome, wasLast } from './record';

type Pending = NonNullable<AttemptState['pending']>;

/**
 * Where a crash or a dead connection left a share without an outcome: finds it out from the journal, else from the kept answer,
 * else from the server. Throws what `settleOutcome` throws.
 */
export async function settlePending(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
): Promise<AttemptState> {
  const { pending } = state;
  if (pending === null) return state;
  const outcome =
    recordedOutcome(journal, pending.digest) ?? (await askedOutcome(context, journal, state, pending));
  if (outcome.kind === 'not-sent') {
    const answers = countAnswers(context.home.ceremony(state.id));
    return saveAttempt(context.home, { ...state, pending: null, answers }, context.clock());
  }
  return (await settleOutcome(context, journal, state, pending, outcome)).state;
}

/** The ceremony's state at this station, with no share's outcome left open in it. Throws what `settleOutcome` throws. */
export async function loadSettled(context: StationContext, ceremony: string): Promise<AttemptState | null> {
  const state = loadAttempt(context.home, ceremony);
  if (state === null || state.pending === null) return state;
  return settlePending(context, ceremonyJournal(context, state.id, state.rehearsal), state);
}

async function askedOutcome(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
  pending: Pending,
): Promise<ShareOutcome> {
  const { nonce, required } = state;
  const paths = context.home.ceremony(state.id);
  salvageAnswer(paths);
  const kept = countAnswers(paths);
  if (kept > state.answers) {
    const answer = readKeptAnswer(paths, kept);
    if (!isPlain(answer, context.client.address)) await checkKnownServer(context.client, state.server);
    recordAnswer(journal, pending.digest, nonce, answer.body);
    return readShareAnswer(context.client, answer, nonce, pending.progressBefore, required);
  }
  if (wasLast(journal, pending.digest)) {
    return {
      kind: 'lost',
      what: "it came, but this station's disk did not take it, and it was shown on the screen then",
    };
  }
  await checkKnownServer(context.client, state.server);
  return afterSilence(
    context.client,
    nonce,
    pending.progressBefore,
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
    if (error instanceof OnlineError) return false;
    throw error;
  }
}
