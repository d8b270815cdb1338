import { toHex } from '../../shared/bytes';
import { type SignedMessage, wireBytes } from '../../shared/message/wire';
import { makeOutgoing, type Outgoing, urText } from '../../shared/qr/ur';
import { StationError } from './station-error';

/** A message on its way out of this station, as it may be shown. */
export interface Outbound {
  readonly message: SignedMessage;
  readonly title: string;
}

/**
 * Everything that may be shown now: this person's identity, and what each part of the station has to show.
 */
export class Outbox {
  constructor(private readonly waiting: () => readonly (Outbound | null)[]) {}

  /** All of it by id, which is the message's digest in hex. */
  entries(): Map<string, Outbound> {
    const all = this.waiting().filter((entry) => entry !== null);
    return new Map(all.map((entry) => [toHex(entry.message.digest), entry]));
  }

  /**
   * A message as QR texts. `density`: characters a moving part's code has at most; null: as it fits best.
   * Throws `StationError` 'no-longer-shown'.
   */
  code(id: string, density: number | null): Outgoing {
    return makeOutgoing(wireBytes(this.find(id).message), density);
  }

  /** A message as a file's text: one UR, however long. Throws `StationError` 'no-longer-shown'. */
  file(id: string): { readonly type: string; readonly text: string } {
    const { message } = this.find(id);
    return { type: message.envelope.type, text: `${urText(wireBytes(message))}\n` };
  }

  private find(id: string): Outbound {
    const entry = this.entries().get(id);
    if (entry !== undefined) return entry;
    throw new StationError('no-longer-shown', 'That code is no longer on its way out. Open the step again.');
  }
}
