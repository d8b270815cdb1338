import { utf8 } from '@scure/base';
import { canonicalText, type JsonObject } from './json-object';
import { TaskError } from './task-error';

/** Bytes that the body of one request may have. A whole plan has to fit into one message. */
export const largestBody = 6000;

export const taskMethods = ['GET', 'LIST', 'POST', 'PUT', 'DELETE'] as const;
export type TaskMethod = (typeof taskMethods)[number];

/** One request of a task, as it goes to the server with the token. */
export interface TaskRequest {
  readonly method: TaskMethod;
  /** Without `/v1/`. */
  readonly path: string;
  /** JSON exactly as it is sent, in UTF-8; null where there is no body. */
  readonly body: string | null;
  /** Length of the body in bytes. */
  readonly bytes: number;
  /** Sent once for each accessor that the request before has listed, which stands in the body's place. */
  readonly each: boolean;
}

/** A request as it is sent. `body`: an object, or its canonical text. */
export function taskRequest(
  method: TaskMethod,
  path: string,
  body: JsonObject | string | null = null,
  each = false,
): TaskRequest {
  const text = typeof body === 'string' || body === null ? body : (canonicalText(body) ?? '{}');
  return { method, path, body: text, bytes: text === null ? 0 : utf8.decode(text).length, each };
}

/** Throws `TaskError` 'too-long' where a body is larger than a plan carries. `field`: what makes it so. */
export function requireSmall(requests: readonly TaskRequest[], field: string): void {
  const { bytes } = requests.find((request) => request.bytes > largestBody) ?? {};
  if (bytes === undefined) return;
  throw new TaskError(
    'too-long',
    field,
    `This request would have ${bytes} bytes, and a plan carries ${largestBody} of one. Shorten it, or do it by hand.`,
  );
}
