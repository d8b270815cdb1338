import { toHex } from '../../../shared/bytes';
import type { OperatorAt, OperatorPlan } from '../../../shared/ceremony/operator';
import { planTaken } from '../../../shared/ceremony/plan-taken';
import { type SignedMessage, wireBytes } from '../../../shared/message/wire';
import type { Journal } from '../../store/journal';
import { writeMessageFile } from '../../store/message-file';
import type { Attempt } from '../server/answer';
import type { ServerFacts } from '../server/facts';
import type { Carrier, StationContext } from '../station-context';
import { countAnswers } from './answer-count';
import type { Plan } from './plan';

/** What start and join come back with. */
export interface AttemptResult {
  /** Hex. */
  readonly ceremony: string;
  readonly message: SignedMessage<'attempt'>;
  readonly nonce: string;
  readonly required: number;
  readonly progress: number;
  readonly otpLength: number;
  /** Lower-case hex, or '' with an OTP. */
  readonly pgpFingerprint: string;
}

/**
 * The plan as the operator's ceremony begins with it. `openedOtp`: this station opens the one-time password.
 */
export function operatorPlan(
  context: StationContext,
  plan: Plan,
  facts: ServerFacts,
  openedOtp: boolean,
): OperatorPlan {
  const { title, rehearsal, method, sameStationAllowed } = plan.envelope.body;
  return {
    id: plan.ceremony,
    title,
    rehearsal,
    server: facts.server,
    method,
    start: plan.digest,
    required: facts.threshold,
    otpLength: facts.otpLength,
    pgpFingerprint: plan.pgpFingerprint,
    openedOtp,
    sameStationAllowed,
    answers: countAnswers(context.home.ceremony(plan.ceremony)),
  };
}

/** Takes the start message into journal and folder. Throws `StoreError`. */
export function recordPlan(context: StationContext, journal: Journal, plan: Plan, carrier: Carrier): void {
  journal.append('message-received', {
    type: 'start',
    digest: plan.digest,
    from: toHex(plan.envelope.from),
    carrier,
  });
  recordPlanTaken(journal, plan);
  keepPlan(context, plan);
}

/** What the officer's plan says, so that nobody can change it unseen. Throws `StoreError`. */
export const recordPlanTaken = (journal: Journal, plan: Plan): void => {
  journal.append('plan-taken', planTaken(plan.envelope));
};

/** Keeps the start message in the ceremony's folder. Throws `StoreError`. */
export const keepPlan = (context: StationContext, plan: Plan): void =>
  writeMessageFile(context.home.ceremony(plan.ceremony).message(plan.digest), wireBytes(plan.message));

/** Whether this station's journal has the server's answer to its own start. */
export const isStarted = (journal: Journal, nonce: string): boolean =>
  journal.entries().some((line) => line.event === 'attempt-started' && line.data.nonce === nonce);

/**
 * Records that the attempt was started, once for every attempt: a crash may have come between this line and
 * the state. `named`: the `otp_length` that was asked for before, where this answer says none. Throws
 * `StoreError`.
 */
export function recordStarted(
  journal: Journal,
  { nonce, required, otpLength }: Attempt,
  named: number,
): void {
  if (isStarted(journal, nonce)) return;
  journal.append('attempt-started', { nonce, required, otpLength: otpLength || named });
}

export const attemptResult = (
  state: OperatorAt<'open'>,
  message: SignedMessage<'attempt'>,
): AttemptResult => ({
  ceremony: state.id,
  message,
  nonce: state.nonce,
  required: state.required,
  progress: state.progress,
  otpLength: state.otpLength,
  pgpFingerprint: state.pgpFingerprint,
});
