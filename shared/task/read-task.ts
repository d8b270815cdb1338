import { Fields, forSentence, type PersonIn } from './fields';
import { objectIn } from './json-object';
import { requireSound } from './sound';
import type { Task, TaskName } from './task';
import { TaskError } from './task-error';
import { readAccessor } from './template/accessor';
import { readAuditDevice } from './template/audit-device';
import { readAuthMethod } from './template/auth-method';
import { readNewToken } from './template/new-token';
import { readPolicy } from './template/policy';
import { readServerRequest } from './template/server-request';

/** How each template's fields are read. */
const readers: { readonly [T in TaskName]: (fields: Fields) => Extract<Task, { readonly task: T }> } = {
  'write-policy': readPolicy,
  'enable-auth': readAuthMethod,
  'enable-audit': readAuditDevice,
  'create-token': readNewToken,
  'revoke-accessor': readAccessor,
  'list-root-tokens': () => ({ task: 'list-root-tokens' }),
  request: readServerRequest,
  'by-hand': (fields) => ({
    task: 'by-hand',
    text: fields.line('text', 120, 'Say what is done, in one line.'),
  }),
  'revoke-self': () => ({ task: 'revoke-self' }),
};

/** The templates, in the order in which they are offered. */
export const taskNames = Object.keys(readers) as TaskName[];

const isTaskName = (value: unknown): value is TaskName =>
  typeof value === 'string' && Object.hasOwn(readers, value);

/**
 * The task that a form's fields or an entry of a file say: a line of text, or an object with the template's
 * name as `task` and its fields. Durations may be “8h” or seconds, a policy text or lines, JSON an object or
 * its text, a recipient whatever `personIn` knows. Throws `TaskError`, which names the field.
 */
export function readTask(value: unknown, personIn: PersonIn): Task {
  const { task: name, ...rest } =
    typeof value === 'string' ? { task: 'by-hand', text: value } : objectOf(value);
  if (!isTaskName(name)) {
    const said =
      typeof name === 'string' ? `no template “${forSentence(name)}”` : 'no “task” that names its template';
    throw new TaskError(
      'unknown-task',
      'task',
      `There is ${said}. The templates are: ${taskNames.join(', ')}.`,
    );
  }
  const fields = new Fields(rest, personIn);
  const task = readers[name](fields);
  fields.end();
  requireSound(task);
  return task;
}

function objectOf(value: unknown): { readonly [name: string]: unknown } {
  const object = objectIn(value);
  if (object !== null) return object;
  throw new TaskError(
    'unknown-task',
    '',
    'A task is a line of text, or an object with the template’s name as “task”.',
  );
}
