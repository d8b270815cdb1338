import type { Fields } from '../fields';
import { isServerPath, tidyPath, whyClosed } from '../server-path';
import type { ServerRequest } from '../task';
import { TaskError } from '../task-error';
import { requireSmall, type TaskRequest, taskMethods, taskRequest } from '../task-request';
import { aboutPoint, type NameOf, recipientName, type TaskWords } from '../task-words';
import { refuseSecret } from './auth-method';

export function readServerRequest(fields: Fields): ServerRequest {
  const method = fields.oneOf('method', taskMethods);
  const path = tidyPath(fields.line('path', 300));
  if (path === '')
    throw new TaskError('missing', 'path', 'Name the path, without the server’s address and /v1/.');
  const body = fields.json('body', 6000);
  const about = fields.line('about', 120);
  const recipient = fields.person('recipient');
  return {
    task: 'request',
    method,
    path,
    about,
    ...(body === undefined ? {} : { body }),
    ...(recipient === undefined ? {} : { recipient }),
  };
}

/** Throws `TaskError`: no path of a server, or one that a plan must not reach, or a secret in the body. */
export function requireServerRequest(task: ServerRequest): void {
  const { method, path, body } = task;
  if (!isServerPath(path)) {
    throw new TaskError(
      'not-fitting',
      'path',
      'This is no path on a server: letters, digits and - _ . : @ = + ~ with single slashes between them, and nothing after a question mark.',
    );
  }
  const why = whyClosed(path);
  if (why !== null) throw new TaskError('forbidden', 'path', `A plan must not send a request there. ${why}`);
  if (body !== undefined && (method === 'GET' || method === 'LIST')) {
    throw new TaskError(
      'impossible-mix',
      'body',
      `A ${method} request has no body. Leave it out, or choose POST.`,
    );
  }
  refuseSecret(body, 'body');
  requireSmall(serverRequests(task), 'body');
}

export const serverRequests = ({ method, path, body }: ServerRequest): TaskRequest[] => [
  taskRequest(method, path, body ?? null),
];

export const serverRequestWords = (
  { method, path, about, recipient }: ServerRequest,
  nameOf: NameOf,
): TaskWords => ({
  title: `Send the request ${method} ${path}`,
  points: [
    ...aboutPoint(about),
    recipient === undefined
      ? 'Whether it went well is recorded. What the server answers is not kept.'
      : `What the server answers is sealed to ${recipientName(recipient, nameOf)}, and shown to nobody else.`,
  ],
});
