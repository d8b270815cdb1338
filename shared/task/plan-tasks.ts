import { requireSound } from './sound';
import type { Task, TaskEntry } from './task';
import { taskOf } from './task-entry';
import { TaskError } from './task-error';
import { revocationTitle } from './token-end';

/** How many tasks a plan has at most, with the last one. */
export const mostTasks = 12;

/** Whether a task is the token's end; in plans of earlier versions that is a line of text. */
export const isRevocation = (entry: TaskEntry): boolean =>
  typeof entry === 'string' ? entry.trim() === revocationTitle : entry.task === 'revoke-self';

/** The tasks of a plan but the last one, which is there by itself. */
export const tasksBefore = (entries: readonly TaskEntry[]): TaskEntry[] =>
  entries.filter((entry) => !isRevocation(entry));

/** The tasks with the revocation as their last, once. */
export const withRevocation = (entries: readonly TaskEntry[]): TaskEntry[] => [
  ...tasksBefore(entries),
  { task: 'revoke-self' },
];

/** As much of a person of the roster as tells whether they may have what a task brings back. */
interface Recipient {
  readonly role: string;
  /** Lower-case hex. */
  readonly fingerprint: string;
}

/**
 * Holds all tasks of a plan against what a plan may do. Plans of earlier versions have lines of text alone,
 * and these say nothing of an order. Throws `TaskError`, whose sentence says which task it is about.
 */
export function requireSoundTasks(entries: readonly TaskEntry[], roster: readonly Recipient[]): void {
  if (entries.length > mostTasks) {
    throw new TaskError(
      'too-many',
      '',
      `A plan has ${mostTasks} tasks at most, with the last one, and this one has ${entries.length}.`,
    );
  }
  entries.forEach((entry, at) => {
    try {
      requireSoundAt(taskOf(entry), at === entries.length - 1, roster);
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      throw new TaskError(error.code, error.field, `Task ${at + 1}: ${error.message}`);
    }
  });
}

function requireSoundAt(task: Task, isLast: boolean, roster: readonly Recipient[]): void {
  if (task.task === 'revoke-self' && !isLast) {
    throw new TaskError('order', '', 'Revoking the token is the last task: nothing can come after it.');
  }
  requireSound(task);
  if ('recipient' in task && task.recipient !== undefined) requireRecipient(task.recipient, roster);
}

/** Throws `TaskError` 'wrong-recipient'. */
function requireRecipient(fingerprint: string, roster: readonly Recipient[]): void {
  const person = roster.find((one) => one.fingerprint === fingerprint);
  if (person === undefined) {
    throw new TaskError(
      'wrong-recipient',
      'recipient',
      'Somebody for whom a task makes something is not on the roster. Pick them, or name another person.',
    );
  }
  // Operators carry the tasks out at their stations: what comes back is never for them.
  if (person.role === 'operator') {
    throw new TaskError(
      'wrong-recipient',
      'recipient',
      'An operator’s station carries the tasks out, so what they bring back is not for an operator. Name another person.',
    );
  }
}
