import { endingSignals } from '../parts/signals';
import { Crossing } from './crossing';
import { RehearseError } from './rehearse-error';

/**
 * Whoever stops a rehearsal stops it between two of its steps, so that what it has begun can be taken back. A
 * second signal ends it at once, by `atOnce`.
 */
export class Interruption {
  private by: string | null = null;

  constructor(private readonly atOnce: () => void) {
    for (const signal of endingSignals) process.on(signal, this.stop);
  }

  /** Throws `RehearseError` 'interrupted' once there was a signal. */
  readonly check = (): void => {
    if (this.by !== null)
      throw new RehearseError('interrupted', `The rehearsal was stopped before its end (${this.by}).`);
  };

  /** Lets signals end the program as they do without it. */
  end(): void {
    for (const signal of endingSignals) process.removeListener(signal, this.stop);
  }

  private readonly stop = (signal: NodeJS.Signals): void => {
    if (this.by !== null) this.atOnce();
    this.by = signal;
  };
}

/** An air gap that nothing crosses any more once the rehearsal was stopped. */
export class InterruptedCrossing extends Crossing {
  constructor(
    out: string,
    private readonly check: () => void,
  ) {
    super(out);
  }

  override draw(...message: Parameters<Crossing['draw']>): ReturnType<Crossing['draw']> {
    this.check();
    return super.draw(...message);
  }
}
