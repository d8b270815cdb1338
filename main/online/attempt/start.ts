import { asciiText, equalBytes, fromHex, wipe } from '../../../shared/bytes';
import type { OperatorAt } from '../../../shared/ceremony/operator';
import type { Advice } from '../../../shared/ceremony/preflight';
import { MessageError } from '../../../shared/message/message-error';
import { open } from '../../../shared/message/seal';
import type { SignedMessage } from '../../../shared/message/wire';
import { parseOtp } from '../../../shared/token/otp';
import type { Journal } from '../../store/journal';
import { type Introduction, listIntroductions } from '../introduction/kept';
import { openSealingKey } from '../introduction/sealing-key';
import type { Attempt } from '../server/answer';
import { type ServerFacts, type Survey, surveyServer } from '../server/facts';
import { askPreflight } from '../server/preflight';
import type { Hiding } from '../server/secret-body';
import { type Carrier, ceremonyJournal, type StationContext, signer } from '../station-context';
import { announceAttempt } from './announce';
import { AttemptError } from './attempt-error';
import type { AttemptContext } from './context';
import { attemptOpen, beginAttempt, cancelAttempt, ownPerhaps } from './on-server';
import { acceptPlan, checkPlanForServer, type Plan } from './plan';
import {
  type AttemptResult,
  attemptResult,
  isStarted,
  operatorPlan,
  recordPlan,
  recordStarted,
} from './record';
import { alreadyBegun, forgetServed } from './resume';
import { become, loadAttempt } from './state';

/**
 * Begins the attempt that the officer's start message asks for. With a message whose attempt was begun here
 * before, it goes on from there. `told`: of what there is to know of the server, before the attempt is begun.
 * Throws `AttemptError`, `ServerError`, `StationError`, `MessageError`,
 * `OpenPgpError`, `TokenError`, `StoreError`.
 */
export async function startAttempt(
  context: AttemptContext,
  message: SignedMessage,
  carrier: Carrier,
  told: (advice: readonly Advice[]) => void = () => undefined,
): Promise<AttemptResult> {
  signer(context);
  const again = message.envelope.ceremony === null ? null : await alreadyBegun(context, message, carrier);
  if (again !== null) return again;

  const plan = await acceptPlan(context, message);
  const introduction = answeredIntroduction(context, plan);
  refuseMixedRehearsal(plan, introduction);
  const survey = await surveyServer(context.client);
  const { facts, found } = survey;
  await checkPlanForServer(plan, facts);
  if (found.attempt.open) return adoptOrRefuse(context, plan, survey, carrier);

  const advice = await askPreflight(context.client, facts, context.clock());
  told(advice);
  const hiding = await hidingOf(context, plan, introduction);
  const { method } = plan.envelope.body;
  let journal: Journal;
  let starting: OperatorAt<'starting'>;
  let begun: Attempt;
  try {
    journal = beginRecord(context, plan, introduction, carrier);
    // The password has been opened here by now, whatever becomes of the request.
    const asked = operatorPlan(context, plan, facts, method === 'otp');
    starting = become(context, loadAttempt(context.home, plan.ceremony), {
      type: 'start-asked',
      plan: asked,
    });
    recordPreflight(journal, facts, advice);
    journal.append('attempt-intent', { method, pgpFingerprint: plan.pgpFingerprint });
    begun = await beginAttempt(context.client, found.dialect, hiding);
  } finally {
    if (hiding.method === 'otp') wipe(hiding.characters);
  }
  recordStarted(journal, begun, facts.otpLength);
  if (begun.pgpFingerprint !== plan.pgpFingerprint) {
    journal.append('cancel-intent', { nonce: begun.nonce });
    await cancelAttempt(context.client, found.dialect);
    journal.append('attempt-cancelled', { nonce: begun.nonce });
    const open = become(context, starting, { type: 'started', attempt: begun });
    become(context, open, { type: 'ended', step: 'cancelled' });
    throw new AttemptError(
      'other-key',
      "The server took another PGP key than the officer's, so the attempt was cancelled at once. Don't go on with this server before it is clear why.",
    );
  }
  return finishStart(context, journal, plan, starting, begun, carrier);
}

/** What there was to know of the server stands in the transcript, before the attempt is asked for. */
function recordPreflight(journal: Journal, { server }: ServerFacts, advice: readonly Advice[]): void {
  const { address, namespace } = server;
  const place = namespace === undefined ? {} : { namespace };
  journal.append('preflight', { server: address, ...place, findings: [...advice] });
}

async function finishStart(
  context: StationContext,
  journal: Journal,
  plan: Plan,
  starting: OperatorAt<'starting'>,
  begun: Attempt,
  carrier: Carrier,
): Promise<AttemptResult> {
  const open = become(context, starting, { type: 'started', attempt: begun });
  const { state, message } = await announceAttempt(context, journal, plan, open, carrier);
  forgetServed(context, journal, plan);
  return attemptResult(state, message);
}

/**
 * The introduction of this station that the start message answers: with its key the one-time password is
 * sealed.
 */
function answeredIntroduction(context: StationContext, { envelope: { prev } }: Plan): Introduction {
  if (prev === null) {
    throw new AttemptError(
      'start-unknown',
      "This start message answers no station's introduction: the officer typed the server's facts in. Show the officer this station's own code, and take the start that answers it.",
      'It is shown by airlock online status',
    );
  }
  const introductions = listIntroductions(context.home, context.clock());
  const answered = introductions.find(({ digest }) => equalBytes(fromHex(digest), prev));
  if (answered !== undefined) return answered;
  throw new MessageError(
    'stale',
    'This start message answers the introduction of another station, or one that this station has forgotten after its 12 hours. Start it at the station that introduced itself, and join from here; or show the officer a new introduction of this one, and take the start that answers that.',
    'To join: airlock online join. A new introduction is made by airlock online status',
  );
}

/**
 * An attempt is open. It can only be this plan's own if this very station sent for it, and stopped before
 * that was in its state.
 */
function adoptOrRefuse(
  context: StationContext,
  plan: Plan,
  { found: { attempt } }: Survey,
  carrier: Carrier,
): Promise<AttemptResult> {
  const state = loadAttempt(context.home, plan.ceremony);
  if (state?.step !== 'starting' || state.start !== plan.digest) throw attemptOpen(attempt.nonce);
  const journal = ceremonyJournal(context, plan.ceremony, state.rehearsal);
  // An OTP leaves no trace in the attempt, so without the server's answer that one can't be told from a
  // stranger's.
  const own =
    isStarted(journal, attempt.nonce) ||
    (state.method === 'pgp' && attempt.pgpFingerprint === plan.pgpFingerprint);
  if (!own) throw state.method === 'otp' ? ownPerhaps(attempt.nonce) : attemptOpen(attempt.nonce);
  recordStarted(journal, attempt, state.otpLength);
  return finishStart(context, journal, plan, state, attempt, carrier);
}

function beginRecord(
  context: StationContext,
  plan: Plan,
  introduction: Introduction,
  carrier: Carrier,
): Journal {
  const recorded = loadAttempt(context.home, plan.ceremony)?.start === plan.digest;
  const journal = ceremonyJournal(context, plan.ceremony, plan.envelope.body.rehearsal);
  if (recorded) return journal;
  journal.append('message-sent', {
    type: 'station',
    digest: introduction.digest,
    carrier: introduction.carrier,
    earlier: true,
  });
  recordPlan(context, journal, plan, carrier);
  return journal;
}

async function hidingOf(context: StationContext, plan: Plan, introduction: Introduction): Promise<Hiding> {
  const { body, ceremony } = plan.envelope;
  if (body.publicKey !== undefined) return { method: 'pgp', publicKey: body.publicKey };
  const privateKey = await openSealingKey(context.home.stationSecret(introduction.digest), signer(context));
  let characters: Uint8Array | undefined;
  try {
    characters = await open(body.sealedOtp ?? new Uint8Array(), privateKey, {
      purpose: 'otp',
      ceremony: ceremony ?? new Uint8Array(),
      nonce: '',
      expiresAt: introduction.expiresAt,
      sender: plan.envelope.from,
    });
    return { method: 'otp', characters: parseOtp(asciiText(characters), body.otpLength).characters };
  } finally {
    wipe(privateKey, characters);
  }
}

function refuseMixedRehearsal(plan: Plan, introduction: Introduction): void {
  if (plan.envelope.body.rehearsal === introduction.rehearsal) return;
  throw new AttemptError(
    'rehearsal-mixed',
    plan.envelope.body.rehearsal
      ? "The officer's plan is a rehearsal, but this station introduced itself for the real thing. Nothing was started. Have the officer plan a real ceremony, or connect this station to a rehearsal server and introduce it again: both sides have to be of one kind."
      : "The officer's plan is the real thing, but this station introduced itself for a rehearsal. Nothing was started. Have the officer plan a rehearsal, or connect this station to the real server and introduce it again: both sides have to be of one kind.",
  );
}
