import { toHex } from '../../../shared/bytes';
import { type SignedMessage, wireBytes } from '../../../shared/message/wire';
import type { Journal } from '../../store/journal';
import { writeMessageFile } from '../../store/message-file';
import type { ServerFacts } from '../server/facts';
import { countAnswers } from '../share/answer-file';
import type { Carrier, StationContext } from '../station-context';
import type { Plan } from './plan';
import type { AttemptState } from './state';

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

/** A ceremony that is new at this station. */
export function newState(context: StationContext, plan: Plan, facts: ServerFacts): AttemptState {
  const { body } = plan.envelope;
  return {
    v: 1,
    role: 'operator',
    id: plan.ceremony,
    title: body.title,
    rehearsal: body.rehearsal,
    step: 'starting',
    server: facts.server,
    method: body.method,
    start: plan.digest,
    nonce: '',
    required: facts.threshold,
    otpLength: facts.otpLength,
    progress: 0,
    pgpFingerprint: plan.pgpFingerprint,
    sealing: null,
    openedOtp: false,
    sameStationAllowed: body.sameStationAllowed,
    attempts: [],
    submitted: [],
    round: [],
    pending: null,
    // Those of an earlier attempt of this ceremony say nothing of this one.
    answers: countAnswers(context.home.ceremony(plan.ceremony)),
    result: null,
    updatedAt: context.clock().toISOString(),
  };
}

/** Takes the start message into journal and folder. */
export function recordPlan(context: StationContext, journal: Journal, plan: Plan, carrier: Carrier): void {
  journal.append('message-received', {
    type: 'start',
    digest: plan.digest,
    from: toHex(plan.envelope.from),
    carrier,
  });
  writeMessageFile(context.home.ceremony(plan.ceremony).message(plan.digest), wireBytes(plan.message));
}

export const attemptResult = (state: AttemptState, message: SignedMessage<'attempt'>): AttemptResult => ({
  ceremony: state.id,
  message,
  nonce: state.nonce,
  required: state.required,
  progress: state.progress,
  otpLength: state.otpLength,
  pgpFingerprint: state.pgpFingerprint,
});
