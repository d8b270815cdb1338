import type { Fields } from '../fields';
import { jsonObjectIn } from '../json-object';
import { secretFieldOf } from '../secret-field';
import { isServerPath, tidyPath } from '../server-path';
import type { EnableAuth } from '../task';
import { TaskError } from '../task-error';
import { requireSmall, type TaskRequest, taskRequest } from '../task-request';
import { aboutPoint, type TaskWords } from '../task-words';

/** Methods that have no `auth/<path>/config`, and where their configuration goes instead. */
const withoutConfig: Readonly<Record<string, string>> = {
  approle: 'An approle method has no configuration of its own: its roles have. Add a request for each.',
  userpass: 'A userpass method has no configuration of its own: its users have.',
  alicloud: 'An alicloud method has no configuration of its own: its roles have. Add a request for each.',
  aws: 'An aws method is configured at config/client. Add a request for that.',
};

export function readAuthMethod(fields: Fields): EnableAuth {
  const type = fields.line('type', 60, 'Name the kind of the method, such as oidc, kubernetes or approle.');
  const path = tidyPath(fields.line('path', 200)).replace(/^auth\//, '');
  const mount = fields.json('mount', 2000);
  const config = fields.json('config', 6000);
  return {
    task: 'enable-auth',
    type,
    path: path === '' ? type : path,
    about: fields.line('about', 120),
    ...(mount === undefined ? {} : { mount }),
    ...(config === undefined ? {} : { config }),
  };
}

/** Throws `TaskError`: no kind or path that a server takes, a secret, a configuration that has no place. */
export function requireAuthMethod(task: EnableAuth): void {
  const { type, path, mount, config } = task;
  if (!/^[a-z][a-z0-9-]*$/.test(type)) {
    throw new TaskError(
      'not-fitting',
      'type',
      'The kind of a method has lower-case letters, digits and hyphens only.',
    );
  }
  if (type === 'token')
    throw new TaskError('forbidden', 'type', 'The token method is there already, once, on every server.');
  if (!isServerPath(path)) {
    throw new TaskError(
      'not-fitting',
      'path',
      'This is no path on a server: letters, digits and - _ . / between them.',
    );
  }
  if (path === 'token' || path.startsWith('token/')) {
    throw new TaskError(
      'forbidden',
      'path',
      'At “token” is the server’s own method for tokens. Take another path.',
    );
  }
  const placeless = withoutConfig[type];
  if (config !== undefined && placeless !== undefined)
    throw new TaskError('impossible-mix', 'config', placeless);
  for (const [field, text] of [
    ['mount', mount],
    ['config', config],
  ] as const)
    refuseSecret(text, field);
  requireSmall(authMethodRequests(task), config === undefined ? 'mount' : 'config');
}

/** Throws `TaskError` 'secret' where a JSON text has a field that looks like one. */
export function refuseSecret(text: string | undefined, field: string): void {
  const secret = text === undefined ? null : secretFieldOf(jsonObjectIn(text));
  if (secret === null) return;
  throw new TaskError(
    'secret',
    field,
    `“${secret.slice(0, 40)}” looks like a secret. Everyone reads the plan, and transcripts keep it for years: leave it out, and set it afterwards with a limited token.`,
  );
}

export const authMethodRequests = ({ type, path, about, mount, config }: EnableAuth): TaskRequest[] => [
  taskRequest('POST', `sys/auth/${path}`, {
    type,
    ...(about === '' ? {} : { description: about }),
    ...(mount === undefined ? {} : { config: jsonObjectIn(mount) }),
  }),
  ...(config === undefined ? [] : [taskRequest('POST', `auth/${path}/config`, config)]),
];

export const authMethodWords = ({ type, path, about, mount, config }: EnableAuth): TaskWords => ({
  title: `Enable the auth method ${type} at auth/${path}`,
  points: [
    ...aboutPoint(about),
    ...(mount === undefined ? [] : [`It is mounted with ${named(mount)}.`]),
    config === undefined
      ? 'It lets nobody in until it is configured.'
      : `It is configured at once, by a second request: ${named(config)}.`,
  ],
});

/** Names of the fields of a JSON object, as a sentence has them. */
function named(text: string): string {
  const names = Object.keys(jsonObjectIn(text) ?? {});
  const shown = names.slice(0, 6).join(', ');
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown || 'an empty object';
}
