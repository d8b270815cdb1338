import { equalBytes, toHex } from '../../../shared/bytes';
import { nonceOf } from '../../../shared/ceremony/operator';
import type { SignedMessage } from '../../../shared/message/wire';
import { nonceWords } from '../../../shared/words';
import { surveyServer } from '../server/facts';
import { type Carrier, ceremonyJournal, type StationContext, signer } from '../station-context';
import { announceAttempt, announcedBefore } from './announce';
import { AttemptError } from './attempt-error';
import type { AttemptContext } from './context';
import { acceptAttempt } from './examine';
import { acceptPlan, checkPlanForServer, type Plan } from './plan';
import {
  type AttemptResult,
  attemptResult,
  isStarted,
  keepPlan,
  operatorPlan,
  recordPlan,
  recordPlanTaken,
} from './record';
import { type AttemptState, become } from './state';
import { refuseClosed, refuseFinished } from './watch';

/**
 * Takes part in an attempt that is open already, with this station's own sealing key, so that no one station
 * sees a whole quorum of shares. Takes the attempt message of the station that started (which holds the start
 * message), or the start message alone where that is proof enough: with a PGP key, or for an attempt that
 * this station knows. Joining again at the same station gives its attempt message once more, or a new one
 * where that no longer serves. Throws `AttemptError`, `ServerError`, `StationError`, `MessageError`,
 * `OpenPgpError`, `StoreError`.
 */
export async function joinAttempt(
  context: AttemptContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<AttemptResult> {
  signer(context);
  const { envelope } = message;
  const announced = envelope.type === 'attempt' ? await acceptAttempt(context, message, envelope) : null;
  const plan = await acceptPlan(context, announced?.start ?? message);
  if (announced !== null && !equalBytes(announced.prev, plan.message.digest)) {
    throw new AttemptError(
      'other-start',
      "This attempt message carries another start message than the one it answers. Don't use it, and ask its station how that came about.",
    );
  }
  if (announced !== null) refuseOutsider(plan, message);
  const before = await context.settled(plan.ceremony);
  refuseFinished(before);
  // A server that lost this attempt's answer once loses it again.
  if (before?.step === 'lost' && before.start === plan.digest) refuseClosed(before);
  const { facts, found } = await surveyServer(context.client);
  await checkPlanForServer(plan, facts);
  const { attempt } = found;
  if (!attempt.open) {
    throw new AttemptError(
      'no-attempt',
      'No attempt is open on the server, so there is none to join. Has it been started yet, or was it cancelled?',
      'It is started by airlock online start',
    );
  }
  const known = before?.start === plan.digest ? before : null;
  const expected = announced?.nonce ?? (known === null ? '' : nonceOf(known));
  if (expected !== '' && attempt.nonce !== expected) {
    throw new AttemptError(
      'attempt-changed',
      `The attempt that is open now (${nonceWords(attempt.nonce)}) isn't the one of this ceremony (${nonceWords(expected)}): somebody started another. Release nothing for it before it is clear who.`,
    );
  }
  if (attempt.pgpFingerprint !== plan.pgpFingerprint) {
    throw new AttemptError(
      'other-key',
      `The open attempt (${nonceWords(attempt.nonce)}) hides its token for ${attempt.pgpFingerprint ? `the PGP key ${attempt.pgpFingerprint}` : 'a one-time password'}, which isn't what the officer's start message says. It isn't this ceremony's: release nothing for it, and find out who started it.`,
    );
  }
  // A one-time password leaves no trace in the attempt: only its nonce tells it from a stranger's.
  if (expected === '' && plan.pgpFingerprint === '' && !wasStarted(context, known, attempt.nonce)) {
    throw unproven(attempt.nonce);
  }
  const journal = ceremonyJournal(context, plan.ceremony, plan.envelope.body.rehearsal);
  if (known?.step === 'open' && known.nonce === attempt.nonce) {
    const inForce = announcedBefore(context, journal, known);
    if (inForce !== null) {
      const { progress, required } = attempt;
      return attemptResult(become(context, known, { type: 'looked-up', progress, required }), inForce);
    }
  }
  if (known === null) {
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
      recordPlanTaken(journal, plan);
      keepPlan(context, plan);
    }
  }
  journal.append('attempt-joined', {
    nonce: attempt.nonce,
    required: attempt.required,
    progress: attempt.progress,
  });
  const joined = become(context, before, {
    type: 'joined',
    plan: operatorPlan(context, plan, facts, false),
    attempt,
  });
  const announcement = await announceAttempt(context, journal, plan, joined, carrier);
  return attemptResult(announcement.state, announcement.message);
}

/** The attempt message of someone who is known here, but has no part in this ceremony. */
function refuseOutsider({ envelope: { body } }: Plan, { envelope: { from } }: SignedMessage): void {
  const listed = body.roster.some(
    ({ role, fingerprint }) => role === 'operator' && equalBytes(fingerprint, from),
  );
  if (listed) return;
  throw new AttemptError(
    'not-on-roster',
    "Whoever signed this attempt message isn't on the officer's roster as an operator, so the attempt isn't joined. Ask the officer which station started it, and take that one's attempt message.",
  );
}

/**
 * Whether this station's journal has the server's answer to its own start, which a crash kept out of the
 * state.
 */
const wasStarted = (context: StationContext, known: AttemptState | null, nonce: string): boolean =>
  known !== null && isStarted(ceremonyJournal(context, known.id, known.rehearsal), nonce);

const unproven = (nonce: string): AttemptError =>
  new AttemptError(
    'attempt-unproven',
    `An attempt is open (${nonceWords(nonce)}, nonce ${nonce}), but nothing shows that it is this ceremony's: with a one-time password it looks like anybody's, and whoever began it will be able to read the token. Nothing was joined. Take the attempt message of the station that started it, and join. If no station of this ceremony started it, find out who did, cancel it, and start anew.`,
    `To join: airlock online join --message ATTEMPT. To cancel: airlock online cancel --nonce ${nonce}`,
  );
