import { equalBytes, toHex } from '../bytes';
import type { Body } from '../message/body';
import type { Envelope } from '../message/envelope';
import { MessageError } from '../message/message-error';
import type { SignedMessage } from '../message/wire';
import { tasksBefore } from '../task/plan-tasks';
import type { TaskEntry } from '../task/task';
import { taskOf } from '../task/task-entry';
import { CeremonyError } from './ceremony-error';

/**
 * An outcome is the word of the station that had the token: any operator can sign one. Only the officer knows
 * to which station the token was sealed, and says so in the handoff, which the outcome carries. `handoff`: as
 * the outcome carries it, its signature checked; null where there is none. `operator`: the name of whoever
 * signed the outcome. Throws `MessageError` 'unvouched'.
 */
export function refuseUnvouched(
  outcome: Envelope<'outcome'>,
  handoff: SignedMessage<'handoff'> | null,
  operator: string,
): void {
  if (handoff === null) {
    throw unvouched(
      `${operator} says here what became of the token, and no handoff of the officer’s is with it: nothing tells that ${operator}’s station ever had the token, so anybody could say this.`,
    );
  }
  const { ceremony, body } = handoff.envelope;
  const isOfThis =
    outcome.prev !== null &&
    equalBytes(outcome.prev, handoff.digest) &&
    outcome.ceremony !== null &&
    ceremony !== null &&
    equalBytes(outcome.ceremony, ceremony) &&
    outcome.body.nonce === body.nonce;
  if (!isOfThis) {
    throw unvouched(
      `${operator} says here what became of the token, and the officer’s handoff that is with it is that of another ceremony, or another one than this answers.`,
    );
  }
  if (body.to === undefined || !equalBytes(body.to, outcome.from)) {
    throw unvouched(
      `${operator} says here what became of the token, and the officer’s handoff that is with it ${body.to === undefined ? 'names nobody’s station' : 'is to somebody else’s station'}.`,
    );
  }
}

const unvouched = (what: string): MessageError =>
  new MessageError(
    'unvouched',
    `${what} It was refused. Ask the officer to which station the token was handed over, and take the outcome from there. Until then, treat the token as alive.`,
  );

/**
 * Holds the tasks of an outcome against the plan's: none is left out, and what was brought back is for the
 * person whom the plan names. Throws `CeremonyError` 'other-tasks'.
 */
export function refuseOtherTasks({ tasks, label }: Body<'outcome'>, entries: readonly TaskEntry[]): void {
  const planned = tasksBefore(entries).map(taskOf);
  if (tasks.length !== planned.length) {
    throw new CeremonyError(
      'other-tasks',
      `The plan has ${count(planned.length)} before the revocation, and ${label} tells of ${count(tasks.length)}. This outcome was refused. Ask the operator how it came about, and treat the token as alive.`,
    );
  }
  for (const [i, { brought }] of tasks.entries()) {
    const task = planned[i];
    const recipient = task !== undefined && 'recipient' in task ? (task.recipient ?? '') : '';
    if (brought === undefined || toHex(brought.to) === recipient) continue;
    throw new CeremonyError(
      'other-tasks',
      `Task ${i + 1} has brought something back here for somebody for whom the plan makes nothing. This outcome was refused. Ask the operator how it came about, and treat the token as alive.`,
    );
  }
}

const count = (tasks: number): string => (tasks === 1 ? 'one task' : `${tasks} tasks`);
