/**
 * The command line, whose parts lie beside the built file: `cli/start.ts` is the first, and `cli/program.ts`
 * lists the commands.
 */
import('./cli/start').then(
  ({ start }) => start(),
  (error: NodeJS.ErrnoException) => {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    process.exitCode = 1;
    process.stderr.write(
      `Parts of Airlock are missing beside ${import.meta.filename}. Copy the whole folder that it lies in.\n`,
    );
  },
);
