import { sha256 } from '@noble/hashes/sha2.js';
import { AirlockError } from '../../shared/airlock-error';
import { equalBytes, toHex } from '../../shared/bytes';
import { expectMessage } from '../../shared/message/direction';
import { type KnownKey, type SignedMessage, signMessage, verifyMessage } from '../../shared/message/wire';
import { signDetached, verifyDetached } from '../../shared/openpgp/signature';
import { parseCheckpoint } from '../../shared/transcript/checkpoint';
import type { CeremonyPaths } from './home';
import type { UnlockedIdentity } from './identity';
import { type Checkpoint, keepSignature, readCheckpoint } from './sign-off';

export type WitnessingErrorCode =
  | 'other-checkpoint'
  | 'checkpoint-mismatch'
  | 'not-signed-off'
  /** Closed already: it is the checkpoint that is signed. */
  | 'closed'
  /** A statement by somebody who is no witness of this ceremony. */
  | 'not-its-witness'
  /** A statement about lines that this station's journal doesn't have. */
  | 'head-not-here'
  /** A statement whose signature is over something else. */
  | 'bad-statement'
  /** No journal of that station was taken in here. */
  | 'not-followed'
  /** A journal that was taken in has no such line. */
  | 'no-such-line'
  /** More than a statement holds. */
  | 'too-many-deviations'
  | 'empty-deviation';

/** Why a checkpoint or a signature over one can't be used. */
export class WitnessingError extends AirlockError<WitnessingErrorCode> {}

/** A checkpoint that someone asks this person to sign. */
export interface CheckpointToSign {
  readonly from: string;
  readonly text: string;
  /** SHA-256 of the checkpoint's exact bytes. */
  readonly digest: Uint8Array;
  readonly ceremony: Uint8Array;
  /** Digest of the message that carried it. */
  readonly carriedBy: Uint8Array;
}

/** The message that asks others to sign a checkpoint. `ceremony`: 16 bytes. */
export function checkpointMessage(
  identity: UnlockedIdentity,
  ceremony: Uint8Array,
  checkpoint: Checkpoint,
  now: Date,
): Promise<SignedMessage<'checkpoint'>> {
  return signMessage(
    {
      v: 1,
      type: 'checkpoint',
      ceremony,
      prev: null,
      issuedAt: now.toISOString(),
      from: identity.fingerprint,
      body: { text: checkpoint.text },
    },
    identity.privateKey,
  );
}

/**
 * Reads a checkpoint that came in. Throws `MessageError`, `TranscriptError`, and `WitnessingError`
 * 'checkpoint-mismatch' where its text names another ceremony than the message.
 */
export async function readCheckpointMessage(
  message: SignedMessage,
  identity: UnlockedIdentity,
  people: readonly KnownKey[],
): Promise<CheckpointToSign> {
  const from = await verifyMessage(message, people);
  const { body, ceremony } = expectMessage(message, { types: ['checkpoint'], to: identity.role });
  if (ceremony === null || toHex(ceremony) !== parseCheckpoint(body.text).ceremony) {
    throw new WitnessingError(
      'checkpoint-mismatch',
      'This checkpoint names another ceremony than the message that carries it. Sign nothing, and ask for it again.',
    );
  }
  const digest = sha256(new TextEncoder().encode(body.text));
  return { from: from.name, text: body.text, digest, ceremony, carriedBy: message.digest };
}

/** Signs a checkpoint's exact bytes: the message that takes the signature back. */
export async function signatureMessage(
  toSign: CheckpointToSign,
  identity: UnlockedIdentity,
  now: Date,
): Promise<SignedMessage<'signature'>> {
  const signature = await signDetached(new TextEncoder().encode(toSign.text), identity.privateKey);
  return signMessage(
    {
      v: 1,
      type: 'signature',
      ceremony: toSign.ceremony,
      prev: toSign.carriedBy,
      issuedAt: now.toISOString(),
      from: identity.fingerprint,
      body: { checkpoint: toSign.digest, signature },
    },
    identity.privateKey,
  );
}

/**
 * Keeps someone's signature beside the checkpoint it is over, and returns their name. Throws `MessageError`,
 * `OpenPgpError` 'bad-signature', and `WitnessingError` 'not-signed-off' or 'other-checkpoint'.
 */
export async function takeSignature(
  message: SignedMessage,
  paths: CeremonyPaths,
  ceremony: Uint8Array,
  identity: UnlockedIdentity,
  people: readonly KnownKey[],
): Promise<string> {
  const signer = await verifyMessage(message, people);
  const { body } = expectMessage(message, { types: ['signature'], to: identity.role, ceremony });
  const checkpoint = readCheckpoint(paths);
  if (checkpoint === null) {
    throw new WitnessingError(
      'not-signed-off',
      'This transcript has no checkpoint yet, or lines were added since. Sign off first, then have it signed.',
    );
  }
  if (!equalBytes(checkpoint.digest, body.checkpoint)) {
    throw new WitnessingError(
      'other-checkpoint',
      `${signer.name} signed another checkpoint than this one. Show them the newest checkpoint, and take that signature.`,
    );
  }
  await verifyDetached(checkpoint.bytes, body.signature, signer.publicKey);
  await keepSignature(paths, signer, body.signature);
  return signer.name;
}
