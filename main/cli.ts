import { isMainThread, workerData } from 'node:worker_threads';

/** Commands that may ask for a passphrase or another secret. */
const asking: ReadonlySet<string> = new Set([
  'archive',
  'identity',
  'offline',
  'online',
  'script',
  'transcript',
]);

/**
 * The command line, whose parts lie beside the built file: `cli/start.ts` is the first, and `cli/program.ts`
 * lists the commands.
 */
async function run(): Promise<void> {
  // Threads of a command are this program once more, which may be a single file.
  if (!isMainThread && workerData === 'airlock archive') {
    (await import('./archive/work/thread')).workAsThread();
    return;
  }
  // Before the rest is read: people type a passphrase while a program loads.
  if (asking.has(process.argv[2] ?? '')) (await import('./cli/parts/echo')).hushTerminal();
  const { start } = await import('./cli/start');
  await start();
}

run().catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  process.exitCode = 1;
  process.stderr.write(
    `Parts of Airlock are missing beside ${import.meta.filename}. Copy the whole folder that it lies in.\n`,
  );
});
