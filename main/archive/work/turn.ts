import { setImmediate } from 'node:timers/promises';

/** How long others wait, at most, for what goes on in this thread. */
const LONGEST_MS = 20;

/**
 * For long work that doesn't end a turn by itself, and lets others in between:
 * `if (turn.isOver) await turn.end();`.
 */
export class Turn {
  private begun = performance.now();

  get isOver(): boolean {
    return performance.now() - this.begun > LONGEST_MS;
  }

  async end(): Promise<void> {
    await setImmediate();
    this.begun = performance.now();
  }
}
