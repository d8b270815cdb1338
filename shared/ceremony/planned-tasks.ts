import { requireSoundTasks } from '../task/plan-tasks';
import type { TaskEntry } from '../task/task';
import { TaskError } from '../task/task-error';
import { CeremonyError } from './ceremony-error';
import type { ParticipantState } from './participant';

/**
 * Holds the tasks of a plan against what a plan may do. `then`: what is to be done about a wrong one, a
 * sentence. Throws `CeremonyError` 'wrong-task'.
 */
export function requireTasks(
  entries: readonly TaskEntry[],
  roster: readonly ParticipantState[],
  then: string,
): void {
  try {
    requireSoundTasks(entries, roster);
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    throw new CeremonyError('wrong-task', `${error.message} ${then}`);
  }
}
