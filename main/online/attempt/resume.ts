import { toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import type { Journal } from '../../store/journal';
import { forgetIntroduction, listIntroductions } from '../introduction/kept';
import { surveyServer } from '../server/facts';
import { type Carrier, ceremonyJournal, type StationContext } from '../station-context';
import { announceAttempt, announcedBefore } from './announce';
import type { AttemptContext } from './context';
import { acceptPlan, type Plan } from './plan';
import { type AttemptResult, attemptResult } from './record';
import { become } from './state';
import { refuseChanged, refuseClosed, refuseFinished } from './watch';

/**
 * The same start message again, of an attempt that is open here: its attempt message once more, or at last.
 * Null where this start message has begun nothing yet. Throws `AttemptError`, `ServerError`, `MessageError`,
 * `StoreError`.
 */
export async function alreadyBegun(
  context: AttemptContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<AttemptResult | null> {
  const plan = await acceptPlan(context, message);
  const state = await context.settled(plan.ceremony);
  refuseFinished(state);
  if (state === null || state.start !== plan.digest || state.step === 'starting') return null;
  refuseClosed(state);
  const journal = ceremonyJournal(context, state.id, state.rehearsal);
  // Custodians release for what is announced: whether it is still there, only the server knows.
  const { found } = await surveyServer(context.client, state.server);
  refuseChanged(context, journal, state, found);
  const { progress, required } = found.attempt;
  const seen = become(context, state, { type: 'looked-up', progress, required });
  const announced = announcedBefore(context, journal, seen);
  if (announced !== null) {
    forgetServed(context, journal, plan);
    return attemptResult(seen, announced);
  }
  const again = await announceAttempt(context, journal, plan, seen, carrier);
  forgetServed(context, journal, plan);
  return attemptResult(again.state, again.message);
}

/** Destroys the introduction's key, which has served: the attempt has one of its own. Throws `StoreError`. */
export function forgetServed(context: StationContext, journal: Journal, { envelope }: Plan): void {
  const digest = envelope.prev === null ? '' : toHex(envelope.prev);
  const known = listIntroductions(context.home, context.clock()).some((each) => each.digest === digest);
  if (known && forgetIntroduction(context.home, digest)) {
    journal.append('secret-destroyed', { what: 'sealing-key' });
  }
}
