import { toHex } from '../../../shared/bytes';
import { readTask } from '../../../shared/task/read-task';
import type { TaskEntry } from '../../../shared/task/task';
import { entryOf } from '../../../shared/task/task-entry';
import { TaskError } from '../../../shared/task/task-error';
import type { Home } from '../../store/home';
import type { Identity } from '../../store/identity';
import { CliError } from '../parts/cli-error';
import { textInput } from '../parts/input-file';
import type { Terminal } from '../parts/terminal';
import { personNamed } from './people-named';

/**
 * The tasks in a file: a JSON array of entries as `readTask` takes them. Recipients are names of people known
 * here, the officer's own, or fingerprints. Throws `CliError` 'unreadable-file', and 'usage', which names the
 * entry and the field.
 */
export async function tasksInFile(
  terminal: Terminal,
  path: string,
  home: Home,
  own: Pick<Identity, 'name' | 'fingerprint'>,
): Promise<TaskEntry[]> {
  const text = await textInput(terminal, path, 'tasks');
  return entriesIn(text).map((entry, at) => {
    try {
      return entryOf(readTask(entry, (name) => recipientNamed(home, own, name)));
    } catch (error) {
      if (!(error instanceof TaskError) && !(error instanceof CliError)) throw error;
      const field = error instanceof TaskError ? error.field : 'recipient';
      throw new CliError(
        'usage',
        `Entry ${at + 1} of --tasks-file${field === '' ? '' : `, “${field}”`}: ${error.message}`,
      );
    }
  });
}

function entriesIn(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch {
    // Said below, whatever the parser has to say of the place.
  }
  throw new CliError(
    'usage',
    '--tasks-file takes a JSON array of tasks: lines of text, or objects with a template’s name as “task”.',
  );
}

/** Throws `CliError` 'usage', 'ambiguous' where nobody, or more than one, is called so. */
const recipientNamed = (home: Home, own: Pick<Identity, 'name' | 'fingerprint'>, name: string): string =>
  name === own.name ? toHex(own.fingerprint) : personNamed(home, name);
