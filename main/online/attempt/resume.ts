import { toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import type { Journal } from '../../store/journal';
import { forgetIntroduction, listIntroductions } from '../introduction/introductions';
import { OnlineError } from '../online-error';
import type { Attempt } from '../server/answer';
import { surveyServer } from '../server/facts';
import { loadSettled } from '../share/settle';
import { type Carrier, ceremonyJournal, type StationContext } from '../station-context';
import { announceAttempt, announcedBefore } from './announce';
import { acceptPlan, type Plan } from './plan';
import { type AttemptResult, attemptResult } from './record';
import { refuseChanged, refuseClosed } from './watch';

/** The same start message again, of an attempt that is open here: its attempt message once more, or at last. */
export async function alreadyBegun(
  context: StationContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<AttemptResult | null> {
  const plan = await acceptPlan(context, message);
  const state = await loadSettled(context, plan.ceremony);
  if (state?.step === 'finished') {
    throw new OnlineError(
      'already-finished',
      'This ceremony has its result at this station already: airlock online submit, without a message, shows it again.',
    );
  }
  if (state === null || state.start !== plan.digest || state.step === 'starting') return null;
  refuseClosed(state);
  const journal = ceremonyJournal(context, state.id, state.rehearsal);
  const announced = announcedBefore(context, journal, state);
  if (announced !== null) {
    forgetServed(context, journal, plan);
    return attemptResult(state, announced);
  }
  const { found } = await surveyServer(context.client, state.server);
  refuseChanged(context, journal, state, found);
  const { progress } = found.attempt;
  const again = await announceAttempt(context, journal, plan, { ...state, progress }, carrier);
  forgetServed(context, journal, plan);
  return attemptResult(again.state, again.message);
}

/** The key of the introduction has served: the attempt has one of its own. */
export function forgetServed(context: StationContext, journal: Journal, { envelope }: Plan): void {
  const digest = envelope.prev === null ? '' : toHex(envelope.prev);
  const known = listIntroductions(context.home, context.clock()).some((each) => each.digest === digest);
  if (known && forgetIntroduction(context.home, digest)) {
    journal.append('secret-destroyed', { what: 'sealing-key' });
  }
}

export const isStarted = (journal: Journal, nonce: string): boolean =>
  journal.entries().some((line) => line.event === 'attempt-started' && line.data.nonce === nonce);

/** Once for every attempt: a crash may have come between this line and the state. */
export function recordStarted(
  journal: Journal,
  { nonce, required, otpLength }: Attempt,
  named: number,
): void {
  if (isStarted(journal, nonce)) return;
  journal.append('attempt-started', { nonce, required, otpLength: otpLength || named });
}
