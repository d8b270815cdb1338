import { toHex } from '../../../shared/bytes';
import type { StepIn } from '../../../shared/ceremony/giving';
import { requireSoundPlan, type SoundPlan, stepOnDisk } from '../../../shared/ceremony/plan-check';
import { expectMessage } from '../../../shared/message/direction';
import type { Envelope } from '../../../shared/message/envelope';
import { type SignedMessage, verifyMessage, wireBytes } from '../../../shared/message/wire';
import { writeMessageFile } from '../../store/message-file';
import { knownKeys } from '../../store/people';
import { type Carrier, ceremonyJournal, type StationContext, signer } from '../station-context';
import { StationError } from '../station-error';
import { announceAttempt } from './announce';
import { AttemptError } from './attempt-error';
import type { AttemptContext } from './context';
import { readOfficersAgain } from './kept-message';
import { acceptPlan } from './plan';
import { type AttemptResult, attemptResult } from './record';
import { type AttemptState, become } from './state';
import { refuseClosed } from './watch';

/**
 * Takes the officer's amendment of the plan: reserves step in, while the attempt stays open. Comes back with
 * the attempt message that carries it. Throws `AttemptError` 'amendment-old', 'amendment-drops',
 * 'given-already', `StationError` 'no-ceremony', 'locked', 'wrong-role', `CeremonyError` as
 * `requireSoundPlan`, `MessageError`, `StoreError`.
 */
export async function amendAttempt(
  context: AttemptContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<AttemptResult> {
  signer(context);
  const known = await verifyMessage(message, knownKeys(context.home));
  const { ceremony } = message.envelope;
  const state = ceremony === null ? null : await context.settled(toHex(ceremony));
  const amendment = expectMessage(message, { types: ['amendment'], to: 'operator' });
  if (state === null) {
    throw new StationError(
      'no-ceremony',
      'This amendment changes the plan of a ceremony that this station has no part in. Take in its start message first.',
      'It is taken in by airlock online start, or join.',
    );
  }
  refuseClosed(state);
  const plan = await acceptPlan(context, await readOfficersAgain(context, state.id, state.start, 'start'));
  requireSoundPlan(plan.envelope, plan.message.digest, amendment);
  await requireSuccessor(context, state, amendment);
  refuseGiven(state, amendment);
  const journal = ceremonyJournal(context, state.id, state.rehearsal);
  const digest = toHex(message.digest);
  journal.append('message-received', { type: 'amendment', digest, from: toHex(known.fingerprint), carrier });
  writeMessageFile(context.home.ceremony(state.id).message(digest), wireBytes(message));
  const { number, steps, quorumAtOneStation } = amendment.body;
  journal.append('plan-amended', {
    number,
    steps: steps.map(stepOnDisk),
    ...(quorumAtOneStation === undefined ? {} : { quorumAtOneStation }),
  });
  const amended = become(context, state, { type: 'amended', digest });
  const announced = await announceAttempt(context, journal, plan, amended, carrier);
  return attemptResult(announced.state, announced.message);
}

/**
 * The officer's amendment in force at this station, or null. Throws `StationError` 'state-damaged',
 * `HomeFinding`, `MessageError`.
 */
async function amendmentOf(
  context: StationContext,
  state: AttemptState,
): Promise<SignedMessage<'amendment'> | null> {
  if (state.amendment === null) return null;
  return readOfficersAgain(context, state.id, state.amendment, 'amendment');
}

/**
 * The plan of an attempt as it is in force here: the officer's start message and amendment, each with its
 * signature checked again. Throws `StationError` 'state-damaged', `HomeFinding`, `MessageError`,
 * `CeremonyError`.
 */
export async function soundPlanOf(
  context: StationContext,
  state: AttemptState,
): Promise<{ readonly start: SignedMessage<'start'>; readonly plan: SoundPlan }> {
  const start = await readOfficersAgain(context, state.id, state.start, 'start');
  const amendment = await amendmentOf(context, state);
  const plan = requireSoundPlan(start.envelope, start.digest, amendment?.envelope ?? null);
  return { start, plan };
}

async function requireSuccessor(
  context: StationContext,
  state: AttemptState,
  { body: { number, steps } }: Envelope<'amendment'>,
): Promise<void> {
  const inForce = await amendmentOf(context, state);
  if (inForce === null) return;
  if (inForce.envelope.body.number < number) {
    refuseDropped(inForce.envelope.body.steps.map(stepOnDisk), steps.map(stepOnDisk));
    return;
  }
  throw new AttemptError(
    'amendment-old',
    `This station has the officer's amendment ${inForce.envelope.body.number} already, and this is number ${number}. Nothing was changed. Ask the officer for the newest.`,
  );
}

/**
 * Shares that were given by an earlier amendment are counted where they were given: one that leaves them out
 * would let a station come to see a quorum step by step, and nobody state it.
 */
function refuseDropped(before: readonly StepIn[], now: readonly StepIn[]): void {
  const isKept = ({ reserve, insteadOf, givesTo }: StepIn): boolean =>
    now.some((step) => step.reserve === reserve && step.insteadOf === insteadOf && step.givesTo === givesTo);
  if (before.every(isKept)) return;
  throw new AttemptError(
    'amendment-drops',
    'This amendment leaves out a reserve who stepped in by the one before, and whose share may have been given. Nothing was changed. Ask the officer for one that names everyone who stepped in so far, and tell the others.',
  );
}

/** Of two shares of which one was to be instead of the other, this station would see one too many. */
function refuseGiven(state: AttemptState, { body }: Envelope<'amendment'>): void {
  const nonce = 'nonce' in state ? state.nonce : '';
  const gave = state.submitted.filter((share) => share.nonce === nonce).map(({ custodian }) => custodian);
  if (!body.steps.some(({ insteadOf }) => gave.includes(toHex(insteadOf)))) return;
  throw new AttemptError(
    'given-already',
    'This amendment lets a reserve step in for a custodian who has given a share here already. It was not taken, and nobody need step in. Tell the officer that the share is here.',
  );
}
