import { equalBytes } from '../../shared/bytes';
import type { ReceivedView } from '../../shared/ipc/common-channels';
import type { SignedMessage } from '../../shared/message/wire';
import type { Carrier } from '../station/carrier';

/** Seen again after longer than this, a code is shown anew. Milliseconds. */
const STILL_IN_VIEW_MS = 5000;

/** A message that was acted upon, and what came of it. */
interface Seen {
  readonly digest: Uint8Array;
  readonly outcome: Promise<ReceivedView>;
  /** When its code was seen last, milliseconds. */
  readonly at: number;
}

/**
 * A camera that stays on sees a code many times over. While it is in view, it is acted upon once: a share
 * that was taken isn't called a second one, and what is refused stands in the journal once. Shown anew it is
 * taken as new, for what was said of it may hold no more.
 */
export class InView {
  private last: Seen | null = null;

  constructor(private readonly clock: () => Date) {}

  /** What came of the message while it was in view, or what comes of `work` now. */
  async once(
    message: SignedMessage,
    carrier: Carrier,
    work: () => Promise<ReceivedView>,
  ): Promise<ReceivedView> {
    const at = this.clock().getTime();
    const { last } = this;
    const isSeen =
      carrier === 'qr' &&
      last !== null &&
      equalBytes(last.digest, message.digest) &&
      at - last.at < STILL_IN_VIEW_MS;
    const outcome = isSeen ? last.outcome : work();
    this.last = { digest: message.digest, outcome, at };
    const taken = await outcome;
    // Nothing but shares comes by a camera that goes on after it has taken one.
    if (message.envelope.type !== 'share') this.last = null;
    return taken;
  }
}
