import type { Fields } from '../fields';
import { jsonObjectIn } from '../json-object';
import { isServerPath, tidyPath } from '../server-path';
import type { EnableAudit } from '../task';
import { TaskError } from '../task-error';
import { requireSmall, type TaskRequest, taskRequest } from '../task-request';
import { aboutPoint, type TaskWords } from '../task-words';
import { refuseSecret } from './auth-method';

/** What an audit device of each type has to be told. */
const needed = { file: 'file_path', socket: 'address', syslog: null } as const;

export function readAuditDevice(fields: Fields): EnableAudit {
  const type = fields.oneOf('type', ['file', 'syslog', 'socket']);
  const path = tidyPath(fields.line('path', 200));
  return {
    task: 'enable-audit',
    type,
    path: path === '' ? type : path,
    about: fields.line('about', 120),
    options: fields.json('options', 3000) ?? '{}',
  };
}

/** Throws `TaskError`: a path that no server takes, or options without which the device can't write. */
export function requireAuditDevice(task: EnableAudit): void {
  const { type, path, options } = task;
  if (!isServerPath(path)) {
    throw new TaskError(
      'not-fitting',
      'path',
      'This is no path on a server: letters, digits and - _ . / between them.',
    );
  }
  const given = jsonObjectIn(options) ?? {};
  const odd = Object.entries(given).find(([, value]) => typeof value !== 'string');
  if (odd !== undefined) {
    throw new TaskError(
      'not-fitting',
      'options',
      `The option “${odd[0].slice(0, 40)}” has to be text in double quotes, as servers want all options.`,
    );
  }
  const option = needed[type];
  const value = option === null ? '' : given[option];
  if (option !== null && (typeof value !== 'string' || value === '')) {
    throw new TaskError('missing', 'options', `A ${type} device needs the option “${option}”.`);
  }
  if (type === 'file' && !/^(\/.+|stdout|discard)$/.test(String(value))) {
    throw new TaskError(
      'not-fitting',
      'options',
      'A file device writes to a whole path, which begins with /, or to stdout.',
    );
  }
  refuseSecret(options, 'options');
  requireSmall(auditDeviceRequests(task), 'options');
}

export const auditDeviceRequests = ({ type, path, about, options }: EnableAudit): TaskRequest[] => [
  taskRequest('POST', `sys/audit/${path}`, {
    type,
    ...(about === '' ? {} : { description: about }),
    options: jsonObjectIn(options),
  }),
];

export function auditDeviceWords({ type, path, about, options }: EnableAudit): TaskWords {
  const given = jsonObjectIn(options) ?? {};
  const text = (name: string): string => (typeof given[name] === 'string' ? String(given[name]) : '');
  const places = {
    file: `It writes to ${text('file_path')} on each server.`,
    socket: `It writes to ${text('address')}.`,
    syslog: 'It writes to the system log of each server.',
  };
  return {
    title: `Enable the audit device ${type} at ${path}`,
    points: [
      ...aboutPoint(about),
      text('file_path') === 'discard' ? 'It keeps nothing: what is written is thrown away.' : places[type],
      ...(/^(true|1|t)$/i.test(text('log_raw')) ? ['It writes secrets in the clear (log_raw).'] : []),
      'From then on the server answers only what it could write down.',
    ],
  };
}
