import type { TokenKind } from '../token/token-kind';
import { isRevocation } from './plan-tasks';
import { requestsOf } from './requests-of';
import type { Task, TaskEntry } from './task';
import { taskOf } from './task-entry';
import type { TaskRequest } from './task-request';
import type { TaskWords } from './task-words';
import { wordsOf } from './words-of';

/** A task as everyone sees it who reads the plan: in plain words, and as what is sent. */
export interface ShownTask extends TaskWords {
  readonly requests: readonly TaskRequest[];
}

/** As much of a person of the roster as a sentence about a task needs. `fingerprint`: hex. */
interface Named {
  readonly name: string;
  readonly fingerprint: string;
}

/**
 * The tasks of a plan as everyone sees them. `roster`: who takes part, by whose names they speak. `kind`: of
 * the token that they are done with.
 */
export const shownTasks = (
  entries: readonly TaskEntry[],
  roster: readonly Named[],
  kind: TokenKind,
): ShownTask[] =>
  entries.map(taskInPlan).map((task) => ({
    ...wordsOf(
      task,
      (fingerprint) => roster.find((person) => person.fingerprint.toLowerCase() === fingerprint)?.name,
      kind,
    ),
    requests: requestsOf(task, kind),
  }));

/** Also the last task of a plan of an earlier version, which has it as a line that says “revoke”. */
const taskInPlan = (entry: TaskEntry): Task =>
  isRevocation(entry) ? { task: 'revoke-self' } : taskOf(entry);

/** A request as one line: “POST sys/auth/oidc”. */
export const requestLine = ({ method, path, each }: TaskRequest): string =>
  `${method} ${path}${each ? ', once for each accessor' : ''}`;
