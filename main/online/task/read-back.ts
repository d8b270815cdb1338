import type { Task } from '../../../shared/task/task';
import { type Answer, readAnswer } from '../server/answer';
import type { HttpMethod, ServerClient } from '../server/client';
import { requestTask } from '../server/requests';
import { ServerError } from '../server/server-error';

/**
 * What the server says of a request whose answer was lost. A request can outlive its connection
 * (docs/server-facts.md, "Requests that outlive their connection"), so that what is absent may still come.
 */
export type ReadBack = 'there' | 'absent' | 'untold';

/**
 * Asks the server whether it did a task's request (from 1), where the template can be read back: with the
 * token, ASCII. Never throws for what the server does.
 */
export async function readBack(
  client: ServerClient,
  token: Uint8Array,
  task: Task,
  request: number,
): Promise<ReadBack> {
  const ask = async (method: HttpMethod, path: string, body: string | null = null): Promise<Answer> =>
    readAnswer(await requestTask(client, token, method, path, body), client.address);
  try {
    switch (task.task) {
      case 'write-policy': {
        const answer = await ask('GET', `sys/policies/acl/${task.name}`);
        if (answer.status === 404) return 'absent';
        if (!answer.ok) return 'untold';
        return fieldsOf(answer)['policy'] === `${task.policy.join('\n')}\n` ? 'there' : 'absent';
      }
      case 'enable-auth':
        // What a method is configured with is not shown whole, and writing it again changes nothing.
        if (request > 1) return 'untold';
        return mounted(await ask('GET', 'sys/auth'), task.path, task.type);
      case 'enable-audit':
        return mounted(await ask('GET', 'sys/audit'), task.path, task.type);
      case 'revoke-accessor': {
        const answer = await ask(
          'POST',
          'auth/token/lookup-accessor',
          JSON.stringify({ accessor: task.accessor }),
        );
        if (answer.ok) return 'absent';
        return /invalid accessor|not found/i.test(answer.complaint) || answer.status === 404
          ? 'there'
          : 'untold';
      }
      default:
        return 'untold';
    }
  } catch (error) {
    if (error instanceof ServerError) return 'untold';
    throw error;
  }
}

/** Whether something of that kind is mounted at a path. */
function mounted(answer: Answer, path: string, type: string): ReadBack {
  if (!answer.ok) return 'untold';
  const found = fieldsOf(answer)[`${path}/`];
  if (found === undefined) return 'absent';
  return typeof found === 'object' && found !== null && 'type' in found && found.type === type
    ? 'there'
    : 'untold';
}

/** The fields of an answer, under `data` where it has that. */
function fieldsOf({ json }: Answer): Readonly<Record<string, unknown>> {
  const { data } = json;
  return typeof data === 'object' && data !== null ? { ...json, ...data } : json;
}
