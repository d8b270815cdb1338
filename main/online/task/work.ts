import { toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { lostTokenSentence } from '../../../shared/task/lost-token';
import { tasksBefore } from '../../../shared/task/plan-tasks';
import {
  isSafeAgain,
  type NextStep,
  nextStep,
  type TaskStand,
  type TokenRun,
} from '../../../shared/task/run';
import { type ShownTask, shownTasks } from '../../../shared/task/shown-task';
import type { TaskEntry } from '../../../shared/task/task';
import { listPeople } from '../../store/people';
import { type Carrier, type StationContext, signer } from '../station-context';
import { acceptHandoff } from './accept';
import { endToken, lookUp } from './end-token';
import { type Hand, handOf, standOf, withToken } from './hand';
import { HandoffError } from './handoff-error';
import { outcomeOf } from './outcome';
import { type OpenHand, runTask, settleRequest } from './run-task';

/** How an operator goes on. */
export type Choice =
  /** The next task, and those after it. What a request of before came to is found out first. */
  | 'run'
  /** The task that failed, or of which nothing is known, once more. */
  | 'again'
  /** Without it; or it was done by hand. */
  | 'go-on'
  /** No task any more. */
  | 'revoke';

/** A token that was handed over, as everyone at the station sees it. It never holds the token. */
export interface TokenWork {
  /** Hex. */
  readonly ceremony: string;
  /** Null before it was looked up. */
  readonly accessor: string | null;
  /** Why it isn't the token of the plan; '' where it is. */
  readonly differs: string;
  readonly tasks: readonly (ShownTask & { readonly stand: TaskStand; readonly safeAgain: boolean })[];
  readonly next: NextStep;
  /** A limited token may live on that nobody holds: the server is to be swept. */
  readonly mayHaveStrays: boolean;
  /** How it was seen that the token is dead; null as long as it wasn't. */
  readonly proof: string | null;
  /** What goes back to the officer, once the token is dead. */
  readonly outcome: SignedMessage<'outcome'> | null;
}

/**
 * Takes the officer's handoff, and looks the token up. Nothing is done with it yet. Throws as
 * `acceptHandoff`, `withToken` and `lookUp` do.
 */
export async function takeHandoff(
  context: StationContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<TokenWork> {
  const id = await acceptHandoff(context, message, carrier);
  return showWork(context, id);
}

/**
 * Where the work with a token stands. What needs no decision is done: a token that was never looked up is,
 * and of a dead one the outcome is made. Throws as `handOf`, `withToken` and `lookUp` do.
 */
export async function showWork(context: StationContext, ceremony: string | undefined): Promise<TokenWork> {
  signer(context);
  const hand = await handOf(context, ceremony);
  if (nextStep(standOf(hand)).kind === 'open')
    await withToken(context, hand, (token) => lookUp({ context, hand, token }));
  return viewOf(context, hand);
}

/**
 * Goes on as the operator says, until the token is dead or a person has to decide again: at the first task
 * that isn't done. `told`: called after each step, with where the work stands. Throws `HandoffError`
 * 'nothing-asked' where there is nothing of that kind to decide, or it is being done already, and as
 * `showWork` and `endToken` do.
 */
export async function goOn(
  context: StationContext,
  ceremony: string | undefined,
  choice: Choice,
  told: (run: TokenRun) => void = () => undefined,
): Promise<TokenWork> {
  signer(context);
  const hand = await handOf(context, ceremony);
  const { path } = hand.journal;
  // A second press decides nothing: it was made by what stood on the screen before the first one.
  if (underWay.has(path)) throw nothingAsked('The tasks of this token are being done at this moment.');
  underWay.add(path);
  try {
    await decide(context, hand, choice, told);
  } finally {
    underWay.delete(path);
  }
  return viewOf(context, hand);
}

/** Journals of tokens whose tasks this program does now. Another program can't: the home is in use. */
const underWay = new Set<string>();

async function decide(
  context: StationContext,
  hand: Hand,
  choice: Choice,
  told: (run: TokenRun) => void,
): Promise<void> {
  const { kind } = nextStep(standOf(hand));
  if (kind !== 'outcome' && kind !== 'over') {
    await withToken(context, hand, async (token) => {
      const open = { context, hand, token };
      await lookUp(open);
      if (standOf(hand).revoked === null && (await decided(open, choice))) await runAll(open, told);
    });
  }
}

/** Does what was decided on. Says whether it goes on from there. */
async function decided(open: OpenHand, choice: Choice): Promise<boolean> {
  const { hand } = open;
  const next = nextStep(standOf(hand));
  if (choice === 'revoke' || next.kind === 'revoke') {
    await endToken(open);
    return false;
  }
  if (choice === 'run') {
    if (next.kind === 'ask' && next.why === 'cut-off') {
      await settleRequest(open, next.task, cutOff);
      return nextStep(standOf(hand)).kind !== 'ask';
    }
    if (next.kind === 'ask') throw nothingAsked('A person has to say first how it goes on.');
    return true;
  }
  if (next.kind !== 'ask') throw nothingAsked('No task stands open that could be done again or left out.');
  if (choice === 'again') {
    if (next.why === 'by-hand') throw nothingAsked('This task is done by hand.');
    const stand = standOf(hand).tasks[next.task - 1]?.stand;
    await runTask(open, next.task, stand !== undefined && 'request' in stand ? stand.request : 1);
    return nextStep(standOf(hand)).kind !== 'ask';
  }
  // What was cut off is not known to be done, and is left as that.
  if (next.why === 'cut-off') {
    const task = standOf(hand).tasks[next.task - 1]?.task;
    const what = task?.task === 'create-token' ? `${lostTokenSentence(task)} ` : '';
    hand.journal.append('task-unknown', { task: next.task, reason: `${what}${cutOff}` });
  }
  hand.journal.append('task-left', { task: next.task, why: next.why === 'cut-off' ? 'unknown' : next.why });
  return true;
}

const cutOff = 'The program ended before the answer was on record.';

async function runAll(open: OpenHand, told: (run: TokenRun) => void): Promise<void> {
  const { hand } = open;
  for (;;) {
    const run = standOf(hand);
    told(run);
    const next = nextStep(run);
    if (next.kind === 'run') await runTask(open, next.task);
    else if (next.kind === 'revoke') await endToken(open);
    else return;
  }
}

async function viewOf(context: StationContext, hand: Hand): Promise<TokenWork> {
  const { state, start } = hand;
  const outcome = await outcomeOf(context, hand);
  const people = [...listPeople(context.home), context.identity];
  return { ceremony: state.id, ...shownRun(standOf(hand), start.envelope.body.tasks, people), outcome };
}

/** What a person is shown of a run, by what is on record alone. */
export function shownRun(
  run: TokenRun,
  entries: readonly TaskEntry[],
  people: readonly { readonly name: string; readonly fingerprint: Uint8Array }[],
): Omit<TokenWork, 'ceremony' | 'outcome'> {
  const named = people.map(({ name, fingerprint }) => ({ name, fingerprint: toHex(fingerprint) }));
  const words = shownTasks(tasksBefore(entries), named, 'root');
  return {
    accessor: run.token?.accessor ?? null,
    differs: run.token?.differs ?? '',
    tasks: run.tasks.map(({ task, stand }, i) => ({
      ...(words[i] ?? { title: '', points: [], requests: [] }),
      stand,
      safeAgain: isSafeAgain(task),
    })),
    next: nextStep(run),
    mayHaveStrays: run.lostTokens > 0,
    proof: run.revoked?.proof ?? null,
  };
}

const nothingAsked = (what: string): HandoffError =>
  new HandoffError(
    'nothing-asked',
    `${what} Nothing was done. Look where it stands.`,
    'Type airlock online tasks',
  );
