import { equalBytes, fromHex, toHex, wipe } from '../../shared/bytes';
import { expectMessage } from '../../shared/message/direction';
import { open } from '../../shared/message/seal';
import { type SignedMessage, verifyMessage } from '../../shared/message/wire';
import { checkKeyForServer } from '../../shared/openpgp/public-key';
import { nonceWords } from '../../shared/words';
import type { Journal } from '../store/journal';
import { knownKeys } from '../store/people';
import { giveShare } from './attempt-driver';
import { type AttemptState, loadAttempt, saveAttempt, sharesSeen } from './attempt-state';
import type { Found } from './dialect';
import { openSealingKey } from './introduction';
import { readMessage } from './kept-message';
import { OnlineError } from './online-error';
import { surveyServer } from './server-facts';
import { settleOutcome, settlePending } from './share-outcome';
import { type Carrier, ceremonyJournal, type StationContext, signer } from './station-context';

/** Where the attempt stands after a share. */
export interface SubmitResult {
  /** Hex. */
  readonly ceremony: string;
  readonly nonce: string;
  readonly progress: number;
  readonly required: number;
  readonly complete: boolean;
  /** How many shares of this attempt this station has seen in the clear (DESIGN.md §2). */
  readonly sharesSeenHere: number;
  /** At the last share. */
  readonly result: SignedMessage<'result'> | null;
}

/**
 * Opens one custodian's share and gives it to the server, at most once. At the last share the result message comes back.
 * Throws `OnlineError`, `MessageError`, `OpenPgpError`, `StoreError`; none of them loses a share or an answer.
 */
export async function submitShare(
  context: StationContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<SubmitResult> {
  const identity = signer(context);
  const known = await verifyMessage(message, knownKeys(context.home));
  const before = stateFor(context, message);
  const journal = ceremonyJournal(context, before.id, before.rehearsal);
  const start = readMessage(context.home, before.id, before.start, 'start');
  const custodian = start.envelope.body.roster.find(({ fingerprint }) =>
    equalBytes(fingerprint, known.fingerprint),
  );
  if (custodian === undefined) {
    throw new OnlineError(
      'not-on-roster',
      `${known.name} isn't on the officer's roster for this ceremony, so this share isn't taken. Ask the officer whether ${known.name} takes part.`,
    );
  }
  const digest = toHex(message.digest);
  const settled = await settlePending(context, journal, before);
  if (settled.step === 'finished') {
    throw new OnlineError(
      'already-finished',
      'This attempt is finished: no further share is needed. Its result can be shown again with airlock online submit, without a message.',
    );
  }
  if (settled.submitted.some((each) => each.digest === digest)) {
    throw new OnlineError(
      'already-submitted',
      `This share message of ${known.name} was submitted before, and each serves only once. If ${known.name} has to release again, they scan the attempt code and make a new one.`,
    );
  }
  const envelope = expectMessage(message, {
    types: ['share'],
    to: 'operator',
    sender: { name: known.name, role: custodian.role },
    ceremony: fromHex(settled.id),
    nonce: settled.nonce,
    prev: [...settled.attempts, settled.start].map(fromHex),
    sealedTo: settled.sealing === null ? new Uint8Array() : fromHex(settled.sealing.publicKey),
    now: context.clock(),
  });
  refuseClosed(settled);
  const { facts, found } = await surveyServer(context.client);
  refuseChanged(context, journal, settled, found);
  await checkLastShare(journal, settled, start, found, facts.serverTime);

  if (!settled.received.includes(digest)) {
    journal.append('message-received', { type: 'share', digest, from: toHex(known.fingerprint), carrier });
  }
  const privateKey = await openSealingKey(context.home.ceremony(settled.id).secret, identity);
  let share: Uint8Array | undefined;
  try {
    share = await open(envelope.body.sealed, privateKey, {
      purpose: 'share',
      ceremony: fromHex(settled.id),
      nonce: settled.nonce,
      expiresAt: envelope.body.expiresAt,
    });
    const fingerprint = toHex(known.fingerprint);
    journal.append('share-submit-intent', { nonce: settled.nonce, digest, custodian: fingerprint });
    const pending = {
      digest,
      custodian: fingerprint,
      name: known.name,
      progressBefore: found.attempt.progress,
    };
    const sending = saveAttempt(
      context.home,
      {
        ...settled,
        pending,
        progress: found.attempt.progress,
        // Another station's wrong share may have made the server count anew.
        round: found.attempt.progress === 0 ? [] : settled.round,
        received: [...new Set([...settled.received, digest])],
      },
      context.clock(),
    );
    const paths = context.home.ceremony(settled.id);
    const outcome = await giveShare(context.client, found, share, { paths, journal });
    const { state, result } = await settleOutcome(context, journal, sending, outcome);
    return {
      ceremony: state.id,
      nonce: state.nonce,
      progress: state.progress,
      required: state.required,
      complete: result !== null,
      sharesSeenHere: sharesSeen(state),
      result,
    };
  } finally {
    wipe(privateKey, share);
  }
}

/** The result message of a finished attempt: again, or from an answer that was kept before a crash. Null: not finished. */
export async function showResult(
  context: StationContext,
  state: AttemptState,
): Promise<SignedMessage<'result'> | null> {
  const journal = ceremonyJournal(context, state.id, state.rehearsal);
  const settled = await settlePending(context, journal, state);
  return settled.result === null ? null : readMessage(context.home, settled.id, settled.result, 'result');
}

function stateFor(context: StationContext, message: SignedMessage): AttemptState {
  const { ceremony, type } = message.envelope;
  const state = ceremony === null ? null : loadAttempt(context.home, toHex(ceremony));
  if (state !== null) return state;
  // Says first what kind of message it is, where it is the wrong kind altogether.
  expectMessage(message, { types: ['share'], to: 'operator' });
  throw new OnlineError(
    'no-ceremony',
    `This ${type} message belongs to a ceremony that this station has no part in. Compare the ceremony words, or take in the start message first (airlock online start or join).`,
  );
}

function refuseClosed(state: AttemptState): void {
  if (state.step === 'open') return;
  throw new OnlineError(
    'no-attempt',
    state.step === 'lost'
      ? 'The last answer of this attempt was lost. Sweep for the orphan root token first; if the attempt is open still, cancel it and start anew.'
      : 'This attempt is not open at this station (it was cancelled, or its start was cut off). Give the start message again: airlock online start --message FILE',
  );
}

/** The attempt is watched at every share: anyone who reaches the server could have cancelled it (DESIGN.md §5.8). */
function refuseChanged(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
  { attempt }: Found,
): void {
  if (attempt.open && attempt.nonce === state.nonce) return;
  journal.append('attempt-changed', { expected: state.nonce, found: attempt.open ? attempt.nonce : '' });
  if (!attempt.open) saveAttempt(context.home, { ...state, step: 'cancelled' }, context.clock());
  throw changed(state.nonce, attempt.open ? attempt.nonce : '');
}

/** The sentence for an attempt that vanished, or that another one took the place of. */
export const changed = (expected: string, found: string): OnlineError =>
  new OnlineError(
    'attempt-changed',
    found === ''
      ? `The attempt ${nonceWords(expected)} has vanished from the server: somebody cancelled it, it was finished at another station, or the server restarted. No share was sent. Tell the officer; if no station has a result, start anew.`
      : `Another attempt (${nonceWords(found)}) stands in the place of ours (${nonceWords(expected)}) on the server: somebody cancelled ours and started their own. No share was sent to it. Tell the officer before anything else.`,
  );

async function checkLastShare(
  journal: Journal,
  state: AttemptState,
  start: SignedMessage<'start'>,
  { attempt }: Found,
  serverTime: Date,
): Promise<void> {
  if (attempt.progress + 1 < attempt.required) return;
  const { publicKey } = start.envelope.body;
  // Days may have passed since the start, and an expired key makes the server lose the token (DESIGN.md §5.5).
  if (publicKey !== undefined) await checkKeyForServer(publicKey, serverTime);
  if (!state.openedOtp) return;
  if (!state.sameStationAllowed) {
    throw new OnlineError(
      'would-finish',
      'This is the last share, and this station has seen the one-time password: with the answer it could read the root token. Let another station join (airlock online join), and the custodian release this share to that one.',
    );
  }
  journal.append('exception', {
    text: 'The station that opened the one-time password also takes the answer, and so could read the root token. The officer allowed it in the start message.',
  });
}
