import { existsSync } from 'node:fs';
import { fromHex, toHex, wipe } from '../../shared/bytes';
import { type SignedMessage, signMessage, wireBytes } from '../../shared/message/wire';
import type { Journal } from '../store/journal';
import { writeMessageFile } from '../store/message-file';
import { type AttemptState, saveAttempt } from './attempt-state';
import { keepSealingKey, newSealingKey } from './introduction';
import type { Plan } from './start-message';
import { type Carrier, type StationContext, signer } from './station-context';

/**
 * Signs the message by which custodians learn of the open attempt, with the key that they seal their shares to: a new one,
 * unless the attempt's earlier one still lives. Returns it with the state that goes with it, on disk.
 */
export async function announceAttempt(
  context: StationContext,
  journal: Journal,
  plan: Plan,
  state: AttemptState,
  carrier: Carrier,
): Promise<{ readonly state: AttemptState; readonly message: SignedMessage<'attempt'> }> {
  const identity = signer(context);
  const now = context.clock();
  const sealing = await sealingKeyOf(context, state, now);
  const message = await signMessage(
    {
      v: 1,
      type: 'attempt',
      ceremony: fromHex(state.id),
      prev: plan.message.digest,
      issuedAt: now.toISOString(),
      from: identity.fingerprint,
      body: {
        start: wireBytes(plan.message),
        server: state.server,
        station: {
          label: identity.station,
          sealingKey: fromHex(sealing.publicKey),
          expiresAt: sealing.expiresAt,
        },
        nonce: state.nonce,
        required: state.required,
        progress: state.progress,
        pgpFingerprint: state.pgpFingerprint,
      },
    },
    identity.privateKey,
  );
  const digest = toHex(message.digest);
  withdrawAttempt(journal, state, 'replaced by a newer attempt message');
  const next = saveAttempt(context.home, { ...state, sealing, attempts: [...state.attempts, digest] }, now);
  journal.append('message-sent', { type: 'attempt', digest, carrier });
  writeMessageFile(context.home.ceremony(state.id).message(digest), wireBytes(message));
  return { state: next, message };
}

/** Takes back the attempt message that was sent last: nobody need have received it. */
export function withdrawAttempt(journal: Journal, state: AttemptState, reason: string): void {
  const digest = state.attempts.at(-1);
  if (digest !== undefined) journal.append('message-withdrawn', { type: 'attempt', digest, reason });
}

async function sealingKeyOf(
  context: StationContext,
  state: AttemptState,
  now: Date,
): Promise<NonNullable<AttemptState['sealing']>> {
  const path = context.home.ceremony(state.id).secret;
  if (state.sealing !== null && Date.parse(state.sealing.expiresAt) > now.getTime() && existsSync(path)) {
    return state.sealing;
  }
  const key = await newSealingKey(now);
  try {
    await keepSealingKey(path, key.privateKey, context.identity);
  } finally {
    wipe(key.privateKey);
  }
  return { publicKey: toHex(key.publicKey), expiresAt: key.expiresAt };
}
