import { fromHex, toHex, wipe } from '../../../shared/bytes';
import type { OperatorAt } from '../../../shared/ceremony/operator';
import type { Body } from '../../../shared/message/body';
import { type SignedMessage, signMessage, wireBytes } from '../../../shared/message/wire';
import type { Journal } from '../../store/journal';
import { writeMessageFile } from '../../store/message-file';
import { countAnswers } from '../attempt/answer-count';
import { forgetKey } from '../attempt/end';
import { readMessage } from '../attempt/kept-message';
import { become } from '../attempt/state';
import { destroySealingKey, keepSealingKey, newSealingKey } from '../introduction/sealing-key';
import { type StationContext, signer } from '../station-context';
import { StationError } from '../station-error';
import { plannedKind } from '../token/planned-kind';
import { linesSince } from './record';

/**
 * Writes the message that carries the encoded token to the officer, with a new key to which the token may be
 * sealed on its way back, and forgets the key that shares were sealed to. `share`: digest of the last share's
 * message. Throws `StationError` 'locked', `StoreError`.
 */
export async function writeResult(
  context: StationContext,
  journal: Journal,
  state: OperatorAt<'open'>,
  share: string,
  { encodedToken, required }: { readonly encodedToken: string; readonly required: number },
): Promise<{ readonly state: OperatorAt<'finished'>; readonly result: SignedMessage<'result'> }> {
  const result =
    writtenBefore(context, journal, state, share) ?? (await newResult(context, journal, state, encodedToken));
  const finished = become(context, state, {
    type: 'finished',
    result: toHex(result.digest),
    required,
    answers: countAnswers(context.home.ceremony(state.id)),
  });
  forgetKey(context, journal, state.id);
  return { state: finished, result };
}

/**
 * The result message that this station wrote just before the program ended. One that got no further than
 * the journal is withdrawn.
 */
function writtenBefore(
  context: StationContext,
  journal: Journal,
  state: OperatorAt<'open'>,
  share: string,
): SignedMessage<'result'> | null {
  const lines = linesSince(journal, share);
  const withdrawn = lines.flatMap((line) => (line.event === 'message-withdrawn' ? [line.data.digest] : []));
  for (const line of lines) {
    if (line.event !== 'message-sent' || line.data.type !== 'result') continue;
    const { type, digest } = line.data;
    if (withdrawn.includes(digest)) continue;
    try {
      return readMessage(context.home, state.id, digest, 'result');
    } catch (error) {
      if (!(error instanceof StationError)) throw error;
      journal.append('message-withdrawn', { type, digest, reason: 'the program ended before it was made' });
    }
  }
  return null;
}

/**
 * The message with that answer of the server, and with a new key to which the token may be sealed. Throws
 * `StationError` 'locked', `StoreError`.
 */
export async function newResult(
  context: StationContext,
  journal: Journal,
  state: OperatorAt<'open' | 'finished'>,
  encodedToken: string,
): Promise<SignedMessage<'result'>> {
  const identity = signer(context);
  // No other kind can be looked up and revoked by itself, so that none is handed over.
  const station = plannedKind(journal) === 'root' ? await offerKey(context, journal, state.id) : undefined;
  const message = await signMessage(
    {
      v: 1,
      type: 'result',
      ceremony: fromHex(state.id),
      prev: fromHex(state.start),
      issuedAt: context.clock().toISOString(),
      from: identity.fingerprint,
      body: {
        nonce: state.nonce,
        encodedToken,
        pgpFingerprint: state.pgpFingerprint,
        ...(station === undefined ? {} : { station }),
      },
    },
    identity.privateKey,
  );
  const digest = toHex(message.digest);
  journal.append('message-sent', { type: 'result', digest, carrier: 'file' });
  writeMessageFile(context.home.ceremony(state.id).message(digest), wireBytes(message));
  return message;
}

/** A new key for the officer to hand the token over to; what an earlier run left behind is destroyed. */
async function offerKey(
  context: StationContext,
  journal: Journal,
  id: string,
): Promise<Body<'attempt'>['station']> {
  const path = context.home.ceremony(id).handoffKey;
  if (destroySealingKey(path)) journal.append('secret-destroyed', { what: 'sealing-key' });
  const { publicKey, privateKey, expiresAt } = await newSealingKey(context.clock());
  try {
    await keepSealingKey(path, privateKey, context.identity);
  } finally {
    wipe(privateKey);
  }
  return { label: context.identity.station, sealingKey: publicKey, expiresAt };
}
