import type { JournalLine } from '../transcript/event';
import { tasksBefore } from './plan-tasks';
import type { CreateToken, TaskEntry } from './task';
import { taskOf } from './task-entry';

/** A limited token that a server may have made, and whose answer never came: nobody holds it. */
export interface LostToken {
  /** The task of the plan that made it, from 1. */
  readonly task: number;
  /** As the server shows its name in a lookup. */
  readonly displayName: string;
  readonly policies: readonly string[];
  /** ISO times by the station's clock: it was made between them, if at all. */
  readonly from: string;
  readonly to: string;
}

/** What a station's journal tells of limited tokens. */
export interface LimitedTokens {
  readonly lost: readonly LostToken[];
  /** Accessors of those whose answer came. */
  readonly known: ReadonlySet<string>;
}

/** A token that has a parent ends with it, and a batch token has no accessor: no sweep helps. */
const canBeSwept = ({ orphan, type }: CreateToken): boolean => orphan && type === 'service';

/**
 * The limited tokens of a plan that no answer tells of, and that live on once the root token is revoked.
 * `entries`: tasks of the plan.
 */
export function limitedTokensIn(lines: readonly JournalLine[], entries: readonly TaskEntry[]): LimitedTokens {
  const tasks = tasksBefore(entries).map(taskOf);
  const lost: LostToken[] = [];
  const known = new Set<string>();
  const begun = new Map<number, string>();
  const lose = (number: number, to: string): void => {
    const from = begun.get(number);
    const task = tasks[number - 1];
    begun.delete(number);
    if (from === undefined || task?.task !== 'create-token' || !canBeSwept(task)) return;
    const displayName = task.name === '' ? 'token' : `token-${task.name}`;
    lost.push({ task: number, displayName, policies: task.policies, from, to });
  };
  for (const line of lines) {
    switch (line.event) {
      case 'task-intent':
        // The program ended before the answer to the one before was on record.
        lose(line.data.task, line.at);
        begun.set(line.data.task, line.at);
        break;
      case 'task-unknown':
        lose(line.data.task, line.at);
        break;
      case 'task-done': {
        begun.delete(line.data.task);
        const accessor = /^Its accessor is (\S+)\.$/.exec(line.data.said)?.[1];
        if (accessor !== undefined) known.add(accessor);
        break;
      }
      case 'task-failed':
        begun.delete(line.data.task);
        break;
      default:
    }
  }
  for (const [number, from] of [...begun]) lose(number, from);
  return { lost, known };
}

/** What a lost answer to the making of a token may have left, as a sentence, and how it is found. */
export function lostTokenSentence(task: CreateToken): string {
  if (canBeSwept(task))
    return 'A limited token may live that nobody holds: once the root token is revoked, sweep the server. The sweep names it, too.';
  return task.type === 'batch'
    ? `A batch token may live that nobody holds. It has no accessor, so no sweep finds it: it ends ${task.orphan ? 'when its time is over' : 'with the root token'}.`
    : 'If the token was made, nobody holds it, and it ends with the root token.';
}
