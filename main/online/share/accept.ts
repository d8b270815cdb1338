import { equalBytes, fromHex, toHex } from '../../../shared/bytes';
import type { OperatorAt } from '../../../shared/ceremony/operator';
import { expectMessage } from '../../../shared/message/direction';
import type { Envelope } from '../../../shared/message/envelope';
import { MessageError } from '../../../shared/message/message-error';
import { sealingKeyId } from '../../../shared/message/seal';
import { type SignedMessage, verifyMessage } from '../../../shared/message/wire';
import type { Journal } from '../../store/journal';
import { knownKeys } from '../../store/people';
import { soundPlanOf } from '../attempt/amendment';
import { keyLives } from '../attempt/announce';
import { AttemptError } from '../attempt/attempt-error';
import { type AttemptState, loadAttempt } from '../attempt/state';
import { refuseClosed } from '../attempt/watch';
import { type Carrier, ceremonyJournal, type StationContext, signer } from '../station-context';
import { StationError } from '../station-error';
import { requireGiver } from './giver';
import { settlePending } from './pending';
import { recordArrival } from './record';
import { SubmitError } from './submit-error';

/** A custodian's share message that may be opened here. */
export interface Accepted {
  readonly journal: Journal;
  readonly state: OperatorAt<'open'>;
  readonly start: SignedMessage<'start'>;
  readonly envelope: Envelope<'share'>;
  /** Hex. */
  readonly digest: string;
  readonly custodian: { readonly name: string; readonly fingerprint: string };
}

/**
 * Checks a share message against the attempt that is open here, and takes it into the journal. What became of
 * an earlier share is found out first. Throws `MessageError`, `SubmitError`, `AttemptError`
 * 'already-finished', 'no-attempt', `StationError` 'no-ceremony', 'state-damaged', `StoreError`, and what
 * `settlePending` throws.
 */
export async function acceptShare(
  context: StationContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<Accepted> {
  const known = await verifyMessage(message, knownKeys(context.home));
  const before = stateFor(context, message);
  const journal = ceremonyJournal(context, before.id, before.rehearsal);
  const { start, plan } = await soundPlanOf(context, before);
  const listed = start.envelope.body.roster.find(({ fingerprint }) =>
    equalBytes(fingerprint, known.fingerprint),
  );
  if (listed === undefined) {
    throw new SubmitError(
      'not-on-roster',
      `${known.name} isn't on the officer's roster for this ceremony, so this share isn't taken. Ask the officer whether ${known.name} takes part.`,
    );
  }
  const digest = toHex(message.digest);
  const state = await settlePending(context, journal, before);
  if (state.step === 'finished') {
    throw new AttemptError(
      'already-finished',
      'This attempt is finished: no further share is needed. Its result can be shown again at this station.',
      'Type airlock online submit, without a message.',
    );
  }
  if (state.submitted.some((each) => each.digest === digest)) {
    // Where the attempt is over, what became of that is the answer, and no new share helps.
    refuseClosed(state);
    throw new SubmitError(
      'already-submitted',
      `This share message of ${known.name} was submitted before, and each serves only once. If ${known.name} has to release again, they scan the attempt code and make a new one.`,
    );
  }
  const forThisCeremony = {
    types: ['share'],
    to: 'operator',
    sender: { name: known.name, role: listed.role },
    ceremony: fromHex(state.id),
  } as const;
  expectMessage(message, forThisCeremony);
  refuseClosed(state);
  const now = context.clock();
  const envelope = expectMessage(message, {
    ...forThisCeremony,
    nonce: state.nonce,
    prev: state.attempts.map(fromHex),
    sealedTo: state.sealing === null ? new Uint8Array() : sealingKeyId(fromHex(state.sealing.publicKey)),
    now,
  });
  const fingerprint = toHex(known.fingerprint);
  const custodian = { name: known.name, fingerprint };
  requireGiver(plan, state, toHex(signer(context).fingerprint), custodian);
  // The share's own time limit is what its custodian wrote; the key's is this station's.
  if (!keyLives(context, state, now)) {
    throw new MessageError(
      'expired',
      `This share is sealed to a key of this station that had its time until ${state.sealing?.expiresAt} and is destroyed. Make a new attempt code, and have the share released again.`,
      'A new code is made by airlock online join, with the start message.',
    );
  }
  recordArrival(journal, { type: 'share', digest, from: fingerprint, carrier });
  return { journal, state, start, envelope, digest, custodian };
}

function stateFor(context: StationContext, message: SignedMessage): AttemptState {
  const { ceremony, type } = message.envelope;
  const state = ceremony === null ? null : loadAttempt(context.home, toHex(ceremony));
  if (state !== null) return state;
  // If the message has the wrong type, this error comes first.
  expectMessage(message, { types: ['share'], to: 'operator' });
  throw new StationError(
    'no-ceremony',
    `This ${type} message belongs to a ceremony that this station has no part in. Compare the ceremony words, or take in the start message first.`,
    'It is taken in by airlock online start, or join.',
  );
}
