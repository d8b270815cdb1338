/** What a stream of the process says of a reader that went away, as `head` does. */
const READER_GONE: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET']);

/**
 * Lets the program go on where its output can't be written: an effect that has begun is never cut short by
 * it. A reader that went away is nothing to speak of. All else, such as a full disk, is one sentence on
 * standard error, and the exit code 1.
 */
export function surviveUnwritableOutput(): void {
  let isTold = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const code = error.code ?? 'no reason given';
    if (READER_GONE.has(code)) return;
    process.exitCode = 1;
    if (isTold) return;
    isTold = true;
    process.stderr.write(
      `Standard output can't be written (${code}), so what was printed is not whole. What was recorded is kept.\n`,
    );
  });
  // Nobody is left who could be told of this one.
  process.stderr.on('error', () => {
    process.exitCode ||= 1;
  });
}
