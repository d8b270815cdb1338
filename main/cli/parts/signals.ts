/** Signals that end the program, and what a shell reports then: 128 and the signal's number. */
const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** A signal by which somebody, or the terminal that goes away, ends the program. */
export type EndingSignal = keyof typeof signalCodes;

export const endingSignals = Object.keys(signalCodes) as readonly EndingSignal[];

let latest: EndingSignal = 'SIGINT';

/** What the program exits with once a signal stopped it; as after Ctrl-C where there was none. */
export const signalExitCode = (): number => signalCodes[latest];

/**
 * Ends the program at a signal, in the middle of whatever it does. Files are written without a pause in
 * between, so each of them is whole then. What holds a home, or has changed the terminal, puts it back when
 * the process exits. Whoever listens for a signal besides ends the program in a way of their own.
 * `say`: tells whoever reads what happened.
 */
export function endAtSignals(say: (sentence: string) => void): void {
  for (const signal of endingSignals) {
    process.on(signal, () => {
      latest = signal;
      if (process.listenerCount(signal) > 1) return;
      say(`Stopped by ${signal === 'SIGINT' ? 'Ctrl-C' : signal}. What was recorded so far is kept.`);
      process.exit(signalExitCode());
    });
  }
}
