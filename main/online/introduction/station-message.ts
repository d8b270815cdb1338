import { toHex, wipe } from '../../../shared/bytes';
import { type SignedMessage, signMessage } from '../../../shared/message/wire';
import { type ServerFacts, surveyServer } from '../server/facts';
import { type Carrier, type StationContext, signer, stationJournal } from '../station-context';
import { keepIntroduction } from './kept';
import { newSealingKey } from './sealing-key';

/**
 * Signs what the server says of itself, with a new one-time sealing key: the message that the officer's
 * laptop reads first. Throws `ServerError`, `StationError`, `StoreError`.
 */
export async function introduceStation(
  context: StationContext,
  rehearsal: boolean,
  carrier: Carrier,
): Promise<{ readonly facts: ServerFacts; readonly message: SignedMessage<'station'> }> {
  const identity = signer(context);
  const { facts } = await surveyServer(context.client);
  const now = context.clock();
  const key = await newSealingKey(now);
  try {
    const message = await signMessage(
      {
        v: 1,
        type: 'station',
        ceremony: null,
        prev: null,
        issuedAt: now.toISOString(),
        from: identity.fingerprint,
        body: {
          server: facts.server,
          station: { label: identity.station, sealingKey: key.publicKey, expiresAt: key.expiresAt },
          otpLength: facts.otpLength,
          threshold: facts.threshold,
          shares: facts.shares,
          ...(facts.tokenKind === 'root' ? {} : { tokenKind: facts.tokenKind }),
          serverTime: facts.serverTime.toISOString(),
          rehearsal,
        },
      },
      identity.privateKey,
    );
    const digest = toHex(message.digest);
    const { address, clusterId } = facts.server;
    await keepIntroduction(
      context.home,
      { digest, carrier, expiresAt: key.expiresAt, address, clusterId, rehearsal },
      key.privateKey,
      identity,
    );
    stationJournal(context, rehearsal).append('message-sent', { type: 'station', digest, carrier });
    return { facts, message };
  } finally {
    wipe(key.privateKey);
  }
}
