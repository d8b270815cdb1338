import { sha256 } from '@noble/hashes/sha2.js';
import { toHex, wipe } from '../../../shared/bytes';
import { plainLine } from '../../../shared/plain-text';
import { lostTokenSentence } from '../../../shared/task/lost-token';
import { requestsOf } from '../../../shared/task/requests-of';
import { requestLine } from '../../../shared/task/shown-task';
import type { Task } from '../../../shared/task/task';
import type { RawAnswer } from '../server/client';
import { ServerError } from '../server/server-error';
import type { StationContext } from '../station-context';
import { LiveTokenError } from '../token/live-token-error';
import { dropBrought, keepBrought, knownRecipient, readBrought, recipientOf, textField } from './brought';
import { type Hand, standOf } from './hand';
import { readBack } from './read-back';
import { rootTokens } from './root-tokens';
import { sendTask } from './send';

/** The work with a token that is open in memory (ASCII, the caller's to wipe). */
export interface OpenHand {
  readonly context: StationContext;
  readonly hand: Hand;
  readonly token: Uint8Array;
}

/**
 * Does a task (from 1), from its request of that number on. Each request is on record before it goes out, and
 * what came of the task afterwards: done, failed, or not known. Throws `StoreError` only: what the server
 * does ends on record.
 */
export async function runTask(open: OpenHand, number: number, from = 1): Promise<void> {
  const { context, hand } = open;
  const task = taskAt(hand, number);
  const recipient = recipientOf(task);
  if (recipient !== null && knownRecipient(context.home, recipient) === null) {
    // Said before anything is made that nobody could be given.
    fail(
      hand,
      number,
      'This station doesn’t know the person for whom this task makes something, so it can’t be sealed to them, and nothing was sent. Take in their identity, compare its words, and do the task again.',
    );
    return;
  }
  if (recipient !== null) dropBrought(context.home, hand.state.id, number);
  const requests = requestsOf(task);
  for (const [i, request] of requests.entries()) {
    if (i + 1 < from) continue;
    hand.journal.append('task-intent', { task: number, request: i + 1, what: requestLine(request) });
    if (task.task === 'list-root-tokens') return listRootTokens(open, number);
    const sent = await sendTask(context.client, open.token, request);
    if (sent.kind === 'refused') return fail(hand, number, sent.reason);
    if (sent.kind === 'lost') {
      await settleRequest(open, number, sent.reason, sent.complained);
      return;
    }
    if (i === requests.length - 1) return finish(open, number, task, sent.raw);
    wipe(sent.raw.body);
  }
}

/**
 * Finds out what became of the request that went out last, where no answer is on record, and goes on with the
 * task's next request if it was done. `reason`: why there is no answer. Throws `StoreError`.
 */
export async function settleRequest(
  open: OpenHand,
  number: number,
  reason: string,
  complained = false,
): Promise<void> {
  const { context, hand, token } = open;
  const task = taskAt(hand, number);
  const stand = standOf(hand).tasks[number - 1]?.stand;
  const request = stand !== undefined && 'request' in stand ? stand.request : 1;
  if (recipientOf(task) !== null && readBrought(context.home, hand.state.id, number) !== null) {
    // What it brought back was sealed and written just before the program ended.
    return finishBrought(open, number, '');
  }
  const found = await readBack(context.client, token, task, request);
  if (found === 'there') {
    const requests = requestsOf(task);
    if (request < requests.length) return runTask(open, number, request + 1);
    hand.journal.append('task-done', { task: number, said: '', readBack: true });
    return;
  }
  if (found === 'absent' && complained) return fail(hand, number, reason);
  if (task.task === 'create-token') {
    hand.journal.append('task-unknown', {
      task: number,
      reason: cut(`${lostTokenSentence(task)} ${reason}`),
    });
    return;
  }
  const asked =
    found === 'absent'
      ? ' Asked again, the server has not done it, as of now.'
      : ' The server can’t be asked whether it did it.';
  hand.journal.append('task-unknown', { task: number, reason: cut(`${withStop(reason)}${asked}`) });
}

/** A request that the answer of a task belongs to came back well: seals what it brought, and records that. */
async function finish(open: OpenHand, number: number, task: Task, raw: RawAnswer): Promise<void> {
  const { context, hand } = open;
  try {
    const recipient = recipientOf(task);
    const person = recipient === null ? null : knownRecipient(context.home, recipient);
    if (person === null) {
      hand.journal.append('task-done', { task: number, said: '' });
      return;
    }
    const accessor = task.task === 'create-token' ? textField(raw.body, 'accessor') : '';
    await keepBrought(context.home, hand.state.id, number, raw.body, person);
    finishBrought(open, number, accessor === '' ? '' : `Its accessor is ${accessor}.`);
  } finally {
    wipe(raw.body);
  }
}

/** A sweep with the token itself. It changes nothing: where it stops, the task has failed, and no more. */
async function listRootTokens({ context, hand, token }: OpenHand, number: number): Promise<void> {
  const own = standOf(hand).token?.accessor ?? '';
  try {
    const said = await rootTokens(context, token, own);
    hand.journal.append('task-done', { task: number, said: cut(said) });
  } catch (error) {
    if (!(error instanceof ServerError || error instanceof LiveTokenError)) throw error;
    fail(hand, number, error.message);
  }
}

function finishBrought({ context, hand }: OpenHand, number: number, said: string): void {
  const sealed = readBrought(context.home, hand.state.id, number);
  hand.journal.append('task-done', {
    task: number,
    said,
    ...(sealed === null ? {} : { brought: toHex(sha256(sealed)) }),
  });
}

const fail = ({ journal }: Hand, task: number, reason: string): void => {
  journal.append('task-failed', { task, reason: cut(reason) });
};

/** A task of the plan, by its place. */
function taskAt(hand: Hand, number: number): Task {
  const found = standOf(hand).tasks[number - 1];
  if (found === undefined) throw new RangeError(`no task ${number}`);
  return found.task;
}

/** As one line that a journal and a message take. */
export const cut = (text: string): string => plainLine(text).slice(0, 300);
const withStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
