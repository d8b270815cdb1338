import writeFileAtomic from 'write-file-atomic';
import { reasonOf } from '../../store/store-error';
import { CliError } from './cli-error';

/**
 * Writes a file that only its owner may read, in place of one that may be there. A string is written as UTF-8. Throws
 * `CliError` 'unwritable-file'.
 */
export function writeOutput(path: string, content: Uint8Array | string): void {
  try {
    writeFileAtomic.sync(path, typeof content === 'string' ? content : Buffer.from(content), {
      mode: 0o600,
      fsync: true,
    });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** What to say of a file that the system wouldn't write. */
export const unwritable = (path: string, error: unknown): CliError =>
  new CliError(
    'unwritable-file',
    `The file ${path} can't be written (${reasonOf(error)}). Choose another place.`,
  );
