import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../shared/bytes';
import { expectMessage } from '../../shared/message/direction';
import type { SignedMessage } from '../../shared/message/wire';
import { signDetached } from '../../shared/openpgp/signature';
import { parseCheckpoint } from '../../shared/transcript/checkpoint';
import { issue, signerOf } from './message-desk';
import { type StationContext, StationError } from './station-context';

/** A checkpoint that someone asks this person to sign. */
export interface CheckpointToSign {
  readonly from: string;
  readonly text: string;
  /** SHA-256 of the checkpoint's exact bytes. */
  readonly digest: Uint8Array;
  readonly ceremony: Uint8Array;
  /** Digest of the message that carried it. */
  readonly carriedBy: Uint8Array;
  /** The signature message, once signed. */
  readonly signed: SignedMessage<'signature'> | null;
}

/** Any person's part as a witness: reads the head of a transcript, and signs its exact bytes. */
export class WitnessDesk {
  private current: CheckpointToSign | null = null;

  constructor(private readonly context: StationContext) {}

  get toSign(): CheckpointToSign | null {
    return this.current;
  }

  /** Takes a checkpoint. Throws `MessageError`, and `TranscriptError` where its text is no checkpoint. */
  async take(message: SignedMessage): Promise<void> {
    const from = await signerOf(this.context, message);
    const { body, ceremony } = expectMessage(message, {
      types: ['checkpoint'],
      to: this.context.identity().role,
    });
    const checkpoint = parseCheckpoint(body.text);
    if (ceremony === null || toHex(ceremony) !== checkpoint.ceremony) {
      throw new StationError(
        'not-understood',
        'This checkpoint names another ceremony than the message that carries it. Ask for it again.',
      );
    }
    this.current = {
      from: from.name,
      text: body.text,
      digest: sha256(new TextEncoder().encode(body.text)),
      ceremony,
      carriedBy: message.digest,
      signed: null,
    };
  }

  /** Signs the checkpoint's exact bytes. Throws `StationError` 'nothing-to-sign'. */
  async sign(): Promise<SignedMessage<'signature'>> {
    if (this.current === null)
      throw new StationError('nothing-to-sign', 'No checkpoint was taken that could be signed.');
    const bytes = new TextEncoder().encode(this.current.text);
    const signed = await issue(this.context, {
      type: 'signature',
      ceremony: this.current.ceremony,
      prev: this.current.carriedBy,
      body: {
        checkpoint: this.current.digest,
        signature: await signDetached(bytes, this.context.identity().privateKey),
      },
    });
    this.current = { ...this.current, signed };
    return signed;
  }

  leave(): void {
    this.current = null;
  }
}
