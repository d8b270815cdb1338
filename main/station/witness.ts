import type { SignedMessage } from '../../shared/message/wire';
import { recordCrossing } from '../store/home-journal';
import type { Journal } from '../store/journal';
import { type CheckpointToSign, readCheckpointMessage, signatureMessage } from '../store/witnessing';
import type { StationContext } from './context';
import type { Outbound } from './outbox';
import { StationError } from './station-error';

/** Any person's part as a witness: reads the head of a transcript, and signs its exact bytes. */
export class WitnessDesk {
  private current: CheckpointToSign | null = null;
  private answer: SignedMessage<'signature'> | null = null;

  constructor(
    private readonly context: Pick<StationContext, 'clock' | 'identity' | 'people'>,
    private readonly journal: () => Journal,
  ) {}

  get toSign(): CheckpointToSign | null {
    return this.current;
  }

  /** The signature message as it goes out, once signed. */
  get outbound(): Outbound | null {
    return this.answer === null ? null : { message: this.answer, title: 'Signature' };
  }

  /** Takes a checkpoint. Throws as `readCheckpointMessage` does. */
  async take(message: SignedMessage): Promise<void> {
    this.current = await readCheckpointMessage(message, this.context.identity(), await this.context.people());
    this.answer = null;
  }

  /** Signs the checkpoint's exact bytes. Throws `StationError` 'nothing-to-sign'. */
  async sign(): Promise<SignedMessage<'signature'>> {
    if (this.current === null) {
      throw new StationError('nothing-to-sign', 'No checkpoint was taken that could be signed.');
    }
    const signature = await signatureMessage(this.current, this.context.identity(), this.context.clock());
    recordCrossing(this.journal(), 'out', signature, 'qr');
    this.answer = signature;
    return signature;
  }

  /** Puts away what was to be signed, and the signature. */
  leave(): void {
    this.current = null;
    this.answer = null;
  }
}
