import { equalBytes } from '../../../shared/bytes';
import { expectMessage } from '../../../shared/message/direction';
import type { Envelope } from '../../../shared/message/envelope';
import { parseWire, type SignedMessage, verifyMessage } from '../../../shared/message/wire';
import { knownKeys, listPeople } from '../../store/people';
import type { StationContext } from '../station-context';
import { acceptPlan, type Plan } from './plan';

/**
 * The plan in a start message, or in another station's attempt message, as a person looks at it before
 * anything is sent. Throws as `acceptPlan` does.
 */
export async function examinePlan(context: StationContext, message: SignedMessage): Promise<Plan> {
  const { envelope } = message;
  if (envelope.type !== 'attempt') return acceptPlan(context, message);
  return acceptPlan(context, (await acceptAttempt(context, message, envelope)).start);
}

/** What another station's attempt message carries. Throws `MessageError`. */
export async function acceptAttempt(
  context: StationContext,
  message: SignedMessage,
  envelope: Envelope<'attempt'>,
): Promise<{ readonly start: SignedMessage; readonly nonce: string; readonly prev: Uint8Array }> {
  const known = await verifyMessage(message, knownKeys(context.home));
  const sender = listPeople(context.home).find(({ fingerprint }) =>
    equalBytes(fingerprint, known.fingerprint),
  );
  // From anybody else it is refused as what it is to an operator: not the start message.
  if (sender !== undefined && sender.role !== 'operator') {
    expectMessage(message, { types: ['start'], to: 'operator' });
  }
  return {
    start: parseWire(envelope.body.start),
    nonce: envelope.body.nonce,
    prev: envelope.prev ?? new Uint8Array(),
  };
}
