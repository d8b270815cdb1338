import { requireSoundTasks } from '../task/plan-tasks';
import type { TaskEntry } from '../task/task';
import { taskOf } from '../task/task-entry';
import { TaskError } from '../task/task-error';
import { type TokenKind, tokenKindWords } from '../token/token-kind';
import { CeremonyError } from './ceremony-error';
import type { ParticipantState } from './participant';

/** The token that the tasks are done with. */
interface PlannedToken {
  readonly tokenKind: TokenKind;
  /** Inside which it is made; undefined: it is one of the whole server. */
  readonly namespace: string | undefined;
}

/**
 * Holds the tasks of a plan against what a plan may do, and against what its token can do. `then`: what is to
 * be done about a wrong one, a sentence. Throws `CeremonyError` 'wrong-task'.
 */
export function requireTasks(
  entries: readonly TaskEntry[],
  roster: readonly ParticipantState[],
  token: PlannedToken,
  then: string,
): void {
  try {
    requireSoundTasks(entries, roster);
    requireWithinToken(entries, token);
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    throw new CeremonyError('wrong-task', `${error.message} ${then}`);
  }
}

/** Throws `TaskError` 'not-with-token'. */
function requireWithinToken(entries: readonly TaskEntry[], { tokenKind, namespace }: PlannedToken): void {
  entries.forEach((entry, at) => {
    const { task } = taskOf(entry);
    if (task === 'by-hand' || task === 'revoke-self') return;
    if (tokenKind !== 'root') {
      const { one, can } = tokenKindWords(tokenKind);
      throw notWithToken(
        at,
        `With ${one} a station can't do that. ${can} Say in words what is done by hand.`,
      );
    }
    // "child policies must be subset of parent" (docs/server-facts.md, "Namespaces")
    if (task === 'create-token' && namespace !== undefined) {
      throw notWithToken(
        at,
        `In the namespace ${namespace} a root token can make no limited token: OpenBao lets it hand on all of its rights there, or none. Let people get theirs from an auth method of the namespace.`,
      );
    }
  });
}

const notWithToken = (at: number, why: string): TaskError =>
  new TaskError('not-with-token', '', `Task ${at + 1}: ${why}`);
