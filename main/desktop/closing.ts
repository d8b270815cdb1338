import { app, type BrowserWindow, dialog } from 'electron';
import { closingQuestion, type Stake } from '../station/stake';

/** Place of each button in the question. The first one is what Escape and Enter come to. */
const STAY = 0;
const CLOSE = 1;

/**
 * Asks before the window closes or the program quits while something is at stake. It is the system's own
 * dialog: a window that hangs can't keep it away. A signal from the system is obeyed without a question:
 * whoever sent it waits, and nobody may be there to answer.
 */
export class Closing {
  private agreed = false;
  private asking = false;
  private stakes: () => readonly Stake[] = () => [];

  /** `stakes`: what is at stake at the moment. Before there is a station, nothing is. */
  askOf(stakes: () => readonly Stake[]): void {
    this.stakes = stakes;
  }

  /** To be called once: the system's signals end the program. */
  obeySignals(): void {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        this.agreed = true;
        app.quit();
      });
    }
  }

  /** Asks whenever this window is about to close, also because the program quits. */
  guard(window: BrowserWindow): void {
    window.on('close', (event) => {
      if (this.agreed) return;
      const stakes = this.stakes();
      if (stakes.length === 0) return;
      event.preventDefault();
      if (!this.asking) void this.ask(window, stakes);
    });
  }

  private async ask(window: BrowserWindow, stakes: readonly Stake[]): Promise<void> {
    this.asking = true;
    try {
      const { response } = await dialog.showMessageBox(window, {
        type: 'warning',
        title: 'Airlock',
        ...closingQuestion(stakes),
        buttons: ['Stay', 'Close all the same'],
        defaultId: STAY,
        cancelId: STAY,
        noLink: true,
      });
      if (response !== CLOSE) return;
      this.agreed = true;
      app.quit();
    } finally {
      this.asking = false;
    }
  }
}
