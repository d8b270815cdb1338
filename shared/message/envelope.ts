import { z } from 'zod';
import { type Body, bodies, ceremonyBytes, digestBytes, fingerprintBytes, type MessageType } from './body';
import { decodeCbor, encodeCbor } from './cbor';
import { MessageError } from './message-error';

/** What is signed: one message, before its signature. Digests are SHA-256 of its deterministic CBOR. */
export interface Envelope<T extends MessageType> {
  readonly v: 1;
  readonly type: T;
  /** 16 random bytes that the officer chose, or null before there is a ceremony. */
  readonly ceremony: Uint8Array | null;
  /** Digest of the message that this one answers, or null. */
  readonly prev: Uint8Array | null;
  /** ISO 8601 UTC, by the sender's clock, which may be wrong: for people, never for order. */
  readonly issuedAt: string;
  /** OpenPGP v4 fingerprint of the signer's key, 20 bytes. */
  readonly from: Uint8Array;
  readonly body: Body<T>;
}

/** A message of any type: `type` tells which body it has. */
export type AnyEnvelope = { [T in MessageType]: Envelope<T> }[MessageType];

/** No message but a log comes near it: two codes of the largest size would be full. */
const LARGEST_PAYLOAD = 24_000;
/** What a moving code can carry, without what goes around it. */
const LARGEST_LOG = 65_000;

const head = z.looseObject({ v: z.int(), type: z.unknown() });

const envelopeSchema = <T extends MessageType>(type: T) =>
  z.strictObject({
    v: z.literal(1),
    type: z.literal(type),
    ceremony: ceremonyBytes.nullable(),
    prev: digestBytes.nullable(),
    issuedAt: z.iso.datetime(),
    from: fingerprintBytes,
    body: bodies[type],
  });

const envelopeSchemas = {
  identity: envelopeSchema('identity'),
  station: envelopeSchema('station'),
  start: envelopeSchema('start'),
  amendment: envelopeSchema('amendment'),
  attempt: envelopeSchema('attempt'),
  share: envelopeSchema('share'),
  result: envelopeSchema('result'),
  handoff: envelopeSchema('handoff'),
  outcome: envelopeSchema('outcome'),
  checkpoint: envelopeSchema('checkpoint'),
  signature: envelopeSchema('signature'),
  log: envelopeSchema('log'),
  witness: envelopeSchema('witness'),
} as const satisfies { [T in MessageType]: z.ZodType };

const isMessageType = (type: unknown): type is MessageType =>
  typeof type === 'string' && Object.hasOwn(bodies, type);

function readEnvelope(value: unknown): AnyEnvelope {
  const known = head.safeParse(value);
  if (!known.success) {
    throw new MessageError(
      'not-a-message',
      'This is not an Airlock message. Nothing was taken from it: have the other station show its code again.',
    );
  }
  const { v, type } = known.data;
  if (v !== 1) {
    throw new MessageError(
      'unknown-version',
      'This message was made by another version of Airlock than this one can read. Use the same version on every station.',
    );
  }
  if (!isMessageType(type)) {
    throw new MessageError(
      'unknown-type',
      'This message is of a kind that this version of Airlock does not know. Use the same version on every station.',
    );
  }
  const parsed = envelopeSchemas[type].safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') || 'message';
    // Only the field's name and the rule: never the value, which may be a secret or a trap for the screen.
    throw new MessageError(
      'bad-field',
      `This ${type} message is not complete or not right (${where}: ${ruleOf(issue)}). Nothing was taken from it: have the other station make it again.`,
    );
  }
  return parsed.data as AnyEnvelope;
}

function ruleOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return 'has a field that it must not have';
  if (issue?.code === 'custom') return issue.message;
  return 'missing or not of the expected form';
}

/**
 * The deterministic CBOR that gets signed. Throws `MessageError` where the envelope would not be read back: a
 * station must notice its own mistake before a person carries it across the gap.
 */
export function encodeEnvelope<T extends MessageType>(envelope: Envelope<T>): Uint8Array {
  const bytes = encodeCbor(envelope);
  parseEnvelope(bytes);
  return bytes;
}

/**
 * The message that the bytes hold. Throws `MessageError` on anything but one deterministic CBOR map with
 * exactly the fields of its type: 'not-a-message', 'too-large', 'not-deterministic', 'unknown-version',
 * 'unknown-type', 'bad-field'. Who signed it is not checked here.
 */
export function parseEnvelope(bytes: Uint8Array): AnyEnvelope {
  if (bytes.length > LARGEST_LOG) throw tooLarge();
  const envelope = readEnvelope(decodeCbor(bytes));
  if (envelope.type !== 'log' && bytes.length > LARGEST_PAYLOAD) throw tooLarge();
  return envelope;
}

const tooLarge = (): MessageError =>
  new MessageError(
    'too-large',
    'This is larger than any Airlock message. Check that the right file or code was taken.',
  );
