import { AirlockError } from '../../../shared/airlock-error';
import { equalBytes } from '../../../shared/bytes';
import type { ReceivedView } from '../../../shared/ipc/common-channels';
import { parseWire, type SignedMessage } from '../../../shared/message/wire';
import { recordRefusal } from '../../store/home-journal';
import type { Journal } from '../../store/journal';
import type { Carrier } from '../carrier';
import { Inbox, type Reading } from './inbox';

export interface Receiver {
  /** Acts on a message whose structure is right, or throws by name what doesn't fit. */
  take(message: SignedMessage, carrier: Carrier): Promise<ReceivedView>;
  /** Where a refusal goes on record; null where whoever refused it has written it down already. */
  record(message: SignedMessage | null): Journal | null;
  /** Id of the open ceremony, or null. */
  ceremony(): string | null;
}

/**
 * Where everything arrives at a station, by whichever carrier: read, then taken, or refused and on record
 * once.
 */
export class Reception {
  private readonly inbox = new Inbox();
  /** The message that was refused last, and in which ceremony. */
  private refused: { readonly bytes: Uint8Array; readonly ceremony: string | null } | null = null;

  constructor(private readonly receiver: Receiver) {}

  get progress(): Reading | null {
    return this.inbox.progress;
  }

  /**
   * One text from a QR code, the clipboard or a scanner that types. Throws by name what doesn't fit; parts
   * stay.
   */
  async text(text: string, carrier: Carrier): Promise<ReceivedView> {
    const read = this.inbox.text(text);
    return 'bytes' in read ? this.whole(read.bytes, carrier) : read;
  }

  /** A file's bytes: a message as it is, or UR texts a line each. */
  async file(bytes: Uint8Array): Promise<ReceivedView> {
    const read = this.inbox.file(bytes);
    return 'bytes' in read ? this.whole(read.bytes, 'file') : read;
  }

  reset(): void {
    this.inbox.reset();
  }

  private async whole(bytes: Uint8Array, carrier: Carrier): Promise<ReceivedView> {
    let message: SignedMessage | null = null;
    try {
      message = parseWire(bytes);
      const taken = await this.receiver.take(message, carrier);
      this.inbox.reset();
      this.refused = null;
      return taken;
    } catch (error) {
      // A camera sees a code that is refused many times over; once is enough for the record.
      const ceremony = this.receiver.ceremony();
      const again = this.refused?.ceremony === ceremony && equalBytes(this.refused.bytes, bytes);
      if (!again && error instanceof AirlockError) {
        const record = this.receiver.record(message);
        if (record !== null) recordRefusal(record, message, error);
      }
      this.refused = { bytes, ceremony };
      throw error;
    }
  }
}
