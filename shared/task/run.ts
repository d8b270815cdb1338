import type { TaskFate } from '../message/body';
import type { JournalLine } from '../transcript/event';
import { limitedTokensIn } from './lost-token';
import { tasksBefore } from './plan-tasks';
import type { Task, TaskEntry } from './task';
import { taskOf } from './task-entry';

/** Where a task stands at the station that has the token. `request`: which of its requests, from 1. */
export type TaskStand =
  | { readonly kind: 'waiting' }
  /** A request went out, or was about to, and nothing on record says what came of it. */
  | { readonly kind: 'cut-off'; readonly request: number }
  | { readonly kind: 'done'; readonly said: string; readonly brought: string | null }
  | {
      readonly kind: 'failed' | 'unknown';
      readonly request: number;
      readonly reason: string;
      /** The operator went on without it. */
      readonly left: boolean;
    }
  | { readonly kind: 'by-hand' };

/** What became of a token that was handed over, by the journal of the station that has it. */
export interface TokenRun {
  /** Digest of the handoff message, in hex. */
  readonly handoff: string;
  /** Null before the token was opened and looked up. */
  readonly token: {
    readonly accessor: string;
    /** Why it isn't the token of the plan; '' where it is. */
    readonly differs: string;
    /** ISO time. */
    readonly openedAt: string;
  } | null;
  /** The tasks before the revocation, each with where it stands. */
  readonly tasks: readonly { readonly task: Task; readonly stand: TaskStand }[];
  /** Revoking was begun: no task comes after that. */
  readonly revoking: boolean;
  readonly revoked: { readonly proof: string; readonly at: string } | null;
  /** Digest of the outcome message, in hex. */
  readonly outcome: string | null;
  /** How many limited tokens may live that nobody holds: their answers were lost. */
  readonly lostTokens: number;
}

/** What the station does next with the token. */
export type NextStep =
  /** It was not looked up yet. */
  | { readonly kind: 'open' }
  /** `task` counts from 1. */
  | { readonly kind: 'run'; readonly task: number }
  /** A person has to say how it goes on. To revoke now is what is right where nobody knows better. */
  | {
      readonly kind: 'ask';
      readonly task: number;
      readonly why: 'by-hand' | 'failed' | 'unknown' | 'cut-off';
    }
  | { readonly kind: 'revoke' }
  /** The token is dead, and the message that says so isn't made yet. */
  | { readonly kind: 'outcome' }
  | { readonly kind: 'over' };

/** Digest (hex) of the handoff that a station took, by its journal; null where it took none. */
export const handoffIn = (lines: readonly JournalLine[]): string | null =>
  lines.flatMap((line) =>
    line.event === 'message-received' && line.data.type === 'handoff' ? [line.data.digest] : [],
  )[0] ?? null;

/** What is known of it but for its tasks. */
type RunLines = Omit<TokenRun, 'tasks' | 'handoff' | 'lostTokens'>;

/**
 * Where the work with a token stands: nothing is kept of it but the journal, so that a program that was ended
 * anywhere goes on from what is on record. Null where no token was handed over. `entries`: tasks of the plan.
 */
export function runOf(lines: readonly JournalLine[], entries: readonly TaskEntry[]): TokenRun | null {
  const from = lines.findIndex((line) => line.event === 'message-received' && line.data.type === 'handoff');
  const taken = lines[from];
  if (taken?.event !== 'message-received') return null;
  const stands: TaskStand[] = tasksBefore(entries).map(() => ({ kind: 'waiting' }));
  let run: RunLines = {
    token: null,
    revoking: false,
    revoked: null,
    outcome: null,
  };
  for (const line of lines.slice(from + 1)) {
    if ('data' in line && 'task' in line.data) {
      const at = line.data.task - 1;
      const before = stands[at];
      if (before !== undefined) stands[at] = standAfter(before, line);
    } else run = runAfter(run, line);
  }
  const tasks = tasksBefore(entries).map((entry, i) => ({
    task: taskOf(entry),
    stand: stands[i] ?? ({ kind: 'waiting' } as const),
  }));
  const lostTokens = limitedTokensIn(lines.slice(from + 1), entries).lost.length;
  return { ...run, handoff: taken.data.digest, tasks, lostTokens };
}

function standAfter(before: TaskStand, line: JournalLine): TaskStand {
  const request = 'request' in before ? before.request : 1;
  switch (line.event) {
    case 'task-intent':
      return { kind: 'cut-off', request: line.data.request };
    case 'task-done':
      return { kind: 'done', said: line.data.said, brought: line.data.brought ?? null };
    case 'task-failed':
      return { kind: 'failed', request, reason: line.data.reason, left: false };
    case 'task-unknown':
      return { kind: 'unknown', request, reason: line.data.reason, left: false };
    case 'task-left':
      if (line.data.why === 'by-hand') return { kind: 'by-hand' };
      return before.kind === 'failed' || before.kind === 'unknown' ? { ...before, left: true } : before;
    default:
      return before;
  }
}

function runAfter(run: RunLines, line: JournalLine): RunLines {
  switch (line.event) {
    case 'token-opened': {
      const { accessor, differs } = line.data;
      return run.token === null ? { ...run, token: { accessor, differs, openedAt: line.at } } : run;
    }
    case 'revoke-intent':
      return run.token === null ? run : { ...run, revoking: true };
    case 'token-revoked':
      // Also where somebody else's hand revoked it at this station: another token's end says nothing of it.
      return run.token === null || line.data.accessor !== run.token.accessor || line.data.proof === ''
        ? run
        : { ...run, revoked: run.revoked ?? { proof: line.data.proof, at: line.at } };
    case 'message-sent':
      return line.data.type === 'outcome' ? { ...run, outcome: line.data.digest } : run;
    default:
      return run;
  }
}

/** What comes next. */
export function nextStep({ token, tasks, revoking, revoked, outcome }: TokenRun): NextStep {
  if (outcome !== null) return { kind: 'over' };
  if (revoked !== null) return { kind: 'outcome' };
  if (token === null) return { kind: 'open' };
  if (revoking || token.differs !== '') return { kind: 'revoke' };
  for (const [i, { task, stand }] of tasks.entries()) {
    switch (stand.kind) {
      case 'waiting':
        return task.task === 'by-hand'
          ? { kind: 'ask', task: i + 1, why: 'by-hand' }
          : { kind: 'run', task: i + 1 };
      case 'cut-off':
        return { kind: 'ask', task: i + 1, why: 'cut-off' };
      case 'failed':
      case 'unknown':
        if (!stand.left) return { kind: 'ask', task: i + 1, why: stand.kind };
        break;
      case 'done':
      case 'by-hand':
    }
  }
  return { kind: 'revoke' };
}

/** What became of a task, once no task can come any more. */
export const fateOf = (stand: TaskStand): { readonly fate: TaskFate; readonly said: string } => {
  switch (stand.kind) {
    case 'waiting':
      return { fate: 'not-tried', said: '' };
    case 'cut-off':
      return { fate: 'unknown', said: 'The program ended while it was done, and nobody asked again.' };
    case 'done':
      return { fate: 'done', said: stand.said };
    case 'failed':
    case 'unknown':
      return { fate: stand.kind, said: stand.reason };
    case 'by-hand':
      return { fate: 'by-hand', said: '' };
  }
};

/**
 * Whether doing a request of a task again can't do it twice: nothing is made anew by it. `request`: from 1.
 */
export function isSafeAgain(task: Task): boolean {
  switch (task.task) {
    case 'create-token':
      return false;
    case 'request':
      return task.method !== 'POST' && task.method !== 'PUT';
    default:
      return true;
  }
}
