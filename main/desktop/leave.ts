import { app } from 'electron';

/** Ends the program before it has opened anything, with a sentence for the person who started it. */
export function leave(reason: string): never {
  process.stderr.write(`${reason}\n`);
  app.exit(1);
  // `app.exit` may return before the process is gone.
  process.exit(1);
}
