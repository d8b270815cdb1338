import { wipe } from '../../../shared/bytes';
import type { KeyPair } from '../../../shared/openpgp/key-pair';
import { StationError } from '../../station/station-error';

/**
 * The making of a key that a person may stop. The engine can't be told to stop: the key that comes out of it
 * later is overwritten, and nobody waits for it.
 */
export class KeyMaking {
  private stop: (() => void) | null = null;

  /** Waits for the key, or until `cancel`. Throws `StationError` 'key-cancelled' after that. */
  async wait(made: Promise<KeyPair>): Promise<KeyPair> {
    const cancelled = new Promise<null>((resolve) => {
      this.stop = () => resolve(null);
    });
    try {
      const pair = await Promise.race([made, cancelled]);
      if (pair !== null) return pair;
    } finally {
      this.stop = null;
    }
    void made.then(
      ({ privateKey }) => wipe(privateKey),
      () => undefined,
    );
    throw new StationError('key-cancelled', 'The making of the key was cancelled. No key was made.');
  }

  /** Nothing where no key is being made. */
  cancel(): void {
    this.stop?.();
  }
}
