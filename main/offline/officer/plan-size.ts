import { CeremonyError } from '../../../shared/ceremony/ceremony-error';
import { largestStart } from '../../../shared/message/body';
import { encodeCbor } from '../../../shared/message/cbor';
import { type SignedMessage, wireBytes } from '../../../shared/message/wire';
import { type AgreedPlan, startBody } from './agreed-plan';

/**
 * Bytes that are set aside for what stands around the body of a start message, and for the signature of a
 * person's key, which is on Curve25519.
 */
const around = 600;
/** Bytes that are set aside for the longest public key that Airlock makes, RSA with 4096 bits. */
const longestKey = 2400;

/**
 * Throws `CeremonyError` 'plan-too-large' where the start message of a plan couldn't be carried by an
 * attempt, before a key is made for it.
 */
export function requireRoom(plan: AgreedPlan): void {
  refuseLarger(encodeCbor(startBody(plan, { publicKey: new Uint8Array(longestKey) })).length + around);
}

/** The same of the start message itself: a key that was imported may be longer than one that is made here. */
export function requireCarried(start: SignedMessage<'start'>): void {
  refuseLarger(wireBytes(start).length);
}

function refuseLarger(bytes: number): void {
  if (bytes <= largestStart) return;
  throw new CeremonyError(
    'plan-too-large',
    `The plan is about ${bytes - largestStart} bytes too large: it has to fit into the code that every custodian takes, which holds ${largestStart}. Shorten the policies and configurations of its tasks, or do some of them by hand.`,
  );
}
