import { AirlockError } from '../airlock-error';

export type MessageErrorCode =
  /** Not CBOR, or not of a message's shape at all. */
  | 'not-a-message'
  /** CBOR, but not in its one deterministic form, so that two different byte strings could mean the same. */
  | 'not-deterministic'
  | 'too-large'
  | 'unknown-version'
  | 'unknown-type'
  /** A field is missing, unknown, or has a value it must not have. */
  | 'bad-field'
  | 'unknown-signer'
  | 'bad-signature'
  | 'wrong-direction'
  | 'wrong-type'
  | 'wrong-sender'
  | 'other-ceremony'
  | 'other-nonce'
  | 'other-station'
  | 'stale'
  /** No signed handoff of the officer says that whoever signed this outcome had the token. */
  | 'unvouched'
  | 'expired'
  /** Sealed to another station's key, for another attempt, or damaged: HPKE cannot tell these apart. */
  | 'not-for-this-station';

/** A message that must not be acted on; the text says what it is instead and what to do. */
export class MessageError extends AirlockError<MessageErrorCode> {}
