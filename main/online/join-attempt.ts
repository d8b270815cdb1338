import { equalBytes, toHex } from '../../shared/bytes';
import { expectMessage } from '../../shared/message/direction';
import { parseWire, type SignedMessage, verifyMessage, wireBytes } from '../../shared/message/wire';
import { nonceWords } from '../../shared/words';
import { writeMessageFile } from '../store/message-file';
import { knownKeys, listPeople } from '../store/people';
import { announceAttempt } from './announce';
import { type AttemptResult, attemptResult, newState, recordPlan } from './attempt-record';
import { type AttemptState, saveAttempt } from './attempt-state';
import { refuseClosed } from './attempt-watch';
import { OnlineError } from './online-error';
import { surveyServer } from './server-facts';
import { loadSettled } from './settle-pending';
import { acceptPlan, checkPlanForServer } from './start-message';
import { type Carrier, ceremonyJournal, type StationContext, signer } from './station-context';

/**
 * Takes part in an attempt that is open already, with this station's own sealing key, so that no one station sees a whole
 * quorum of shares. Takes the officer's start message, or the attempt message of the station that started (which holds it).
 * Joining again at the same station makes a new attempt message. Throws `OnlineError`, `MessageError`, `StoreError`.
 */
export async function joinAttempt(
  context: StationContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<AttemptResult> {
  signer(context);
  const announced = message.envelope.type === 'attempt' ? await acceptAttempt(context, message) : null;
  const plan = await acceptPlan(context, announced?.start ?? message);
  if (announced !== null && !equalBytes(announced.prev, plan.message.digest)) {
    throw new OnlineError(
      'start-unknown',
      "This attempt message carries another start message than the one it answers. Don't use it, and ask its station how that came about.",
    );
  }
  const before = await loadSettled(context, plan.ceremony);
  if (before?.step === 'finished') {
    throw new OnlineError(
      'already-finished',
      'This ceremony has its result at this station already: airlock online submit, without a message, shows it again.',
    );
  }
  // A server that lost this attempt's answer once loses it again.
  if (before?.step === 'lost' && before.start === plan.digest) refuseClosed(before);
  const { facts, found } = await surveyServer(context.client);
  await checkPlanForServer(plan, facts);
  const { attempt } = found;
  if (!attempt.open) {
    throw new OnlineError(
      'no-attempt',
      'No attempt is open on the server, so there is none to join. Has it been started (airlock online start), or cancelled?',
    );
  }
  const expected = announced?.nonce ?? (before?.start === plan.digest ? before.nonce : '');
  if (expected !== '' && attempt.nonce !== expected) {
    throw new OnlineError(
      'attempt-changed',
      `The attempt that is open now (${nonceWords(attempt.nonce)}) isn't the one of this ceremony (${nonceWords(expected)}): somebody started another. Release nothing for it before it is clear who.`,
    );
  }
  if (attempt.pgpFingerprint !== plan.pgpFingerprint) {
    throw new OnlineError(
      'other-key',
      `The open attempt (${nonceWords(attempt.nonce)}) hides its token for ${attempt.pgpFingerprint ? `the PGP key ${attempt.pgpFingerprint}` : 'a one-time password'}, which isn't what the officer's start message says. It isn't this ceremony's: release nothing for it, and find out who started it.`,
    );
  }
  const journal = ceremonyJournal(context, plan.ceremony, plan.envelope.body.rehearsal);
  if (before?.start !== plan.digest) {
    if (announced === null) {
      recordPlan(context, journal, plan, carrier);
    } else {
      const digest = toHex(message.digest);
      journal.append('message-received', {
        type: 'attempt',
        digest,
        from: toHex(message.envelope.from),
        carrier,
      });
      writeMessageFile(context.home.ceremony(plan.ceremony).message(plan.digest), wireBytes(plan.message));
    }
  }
  const joined: AttemptState = {
    ...(before?.start === plan.digest ? before : newState(context, plan, facts)),
    step: 'open',
    nonce: attempt.nonce,
    required: attempt.required,
    progress: attempt.progress,
    otpLength: attempt.otpLength,
    // Whoever saw the OTP once has seen it, whatever happened to the attempt since.
    openedOtp: before?.openedOtp ?? false,
  };
  journal.append('attempt-joined', {
    nonce: attempt.nonce,
    required: attempt.required,
    progress: attempt.progress,
  });
  const saved = saveAttempt(context.home, joined, context.clock());
  const announcement = await announceAttempt(context, journal, plan, saved, carrier);
  return attemptResult(announcement.state, announcement.message);
}

async function acceptAttempt(
  context: StationContext,
  message: SignedMessage,
): Promise<{ readonly start: SignedMessage; readonly nonce: string; readonly prev: Uint8Array }> {
  const { envelope } = message;
  const known = await verifyMessage(message, knownKeys(context.home));
  const sender = listPeople(context.home).find(({ fingerprint }) =>
    equalBytes(fingerprint, known.fingerprint),
  );
  if (envelope.type !== 'attempt' || (sender !== undefined && sender.role !== 'operator')) {
    expectMessage(message, { types: ['start'], to: 'operator' });
    throw new OnlineError(
      'start-unknown',
      'Here the start message is expected, or the attempt message of another station.',
    );
  }
  return {
    start: parseWire(envelope.body.start),
    nonce: envelope.body.nonce,
    prev: envelope.prev ?? new Uint8Array(),
  };
}
