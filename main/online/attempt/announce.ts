import { existsSync } from 'node:fs';
import { fromHex, toHex, wipe } from '../../../shared/bytes';
import type { OperatorAt, SealingKeyState } from '../../../shared/ceremony/operator';
import { type SignedMessage, signMessage, wireBytes } from '../../../shared/message/wire';
import { standingMessages } from '../../store/home-journal';
import type { Journal } from '../../store/journal';
import { writeMessageFile } from '../../store/message-file';
import { destroySealingKey, keepSealingKey, newSealingKey } from '../introduction/sealing-key';
import { type Carrier, type StationContext, signer } from '../station-context';
import { readMessage, readOfficersAgain } from './kept-message';
import type { Plan } from './plan';
import { become } from './state';

/**
 * Signs the message by which custodians learn of the open attempt, with the key that they seal their shares
 * to: a new one, unless the attempt's earlier one still lives. Returns it with the state that goes with it,
 * on disk. The state comes last: as long as it doesn't name the message, the message counts as not made.
 * Throws `StationError` 'locked', 'wrong-role', `StoreError`.
 */
export async function announceAttempt(
  context: StationContext,
  journal: Journal,
  plan: Plan,
  state: OperatorAt<'open'>,
  carrier: Carrier,
): Promise<{ readonly state: OperatorAt<'open'>; readonly message: SignedMessage<'attempt'> }> {
  const identity = signer(context);
  const now = context.clock();
  const sealing = await sealingKeyOf(context, journal, state, now);
  const amendment =
    state.amendment === null
      ? {}
      : { amendment: wireBytes(await readOfficersAgain(context, state.id, state.amendment, 'amendment')) };
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
        ...amendment,
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
  withdrawAttempts(journal, 'replaced by a newer attempt message');
  journal.append('message-sent', { type: 'attempt', digest, carrier });
  writeMessageFile(context.home.ceremony(state.id).message(digest), wireBytes(message));
  return { state: become(context, state, { type: 'announced', digest, sealing }), message };
}

/**
 * The attempt message of this station that is in force, where it is there and shares can still be sealed to
 * its key: one more would have to be accounted for, and nobody need scan it.
 */
export function announcedBefore(
  context: StationContext,
  journal: Journal,
  state: OperatorAt<'open'>,
): SignedMessage<'attempt'> | null {
  const last = state.attempts.at(-1);
  if (
    last === undefined ||
    !standingMessages(journal, 'attempt').includes(last) ||
    !keyLives(context, state, context.clock())
  ) {
    return null;
  }
  if (!existsSync(context.home.ceremony(state.id).message(last))) return null;
  return readMessage(context.home, state.id, last, 'attempt');
}

/**
 * Takes back the attempt messages that this station has on record as sent: nobody need have received them.
 */
export function withdrawAttempts(journal: Journal, reason: string): void {
  for (const digest of standingMessages(journal, 'attempt')) {
    journal.append('message-withdrawn', { type: 'attempt', digest, reason });
  }
}

/** Whether shares that are sealed to the attempt's key can be opened here at that time. */
export const keyLives = (context: StationContext, { id, sealing }: OperatorAt<'open'>, now: Date): boolean =>
  sealing !== null &&
  Date.parse(sealing.expiresAt) > now.getTime() &&
  existsSync(context.home.ceremony(id).secret);

async function sealingKeyOf(
  context: StationContext,
  journal: Journal,
  state: OperatorAt<'open'>,
  now: Date,
): Promise<SealingKeyState> {
  if (state.sealing !== null && keyLives(context, state, now)) return state.sealing;
  const path = context.home.ceremony(state.id).secret;
  if (destroySealingKey(path)) journal.append('secret-destroyed', { what: 'sealing-key' });
  const key = await newSealingKey(now);
  try {
    await keepSealingKey(path, key.privateKey, context.identity);
  } finally {
    wipe(key.privateKey);
  }
  return { publicKey: toHex(key.publicKey), expiresAt: key.expiresAt };
}
