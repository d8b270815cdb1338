import type { Fields } from '../fields';
import type { RevokeAccessor } from '../task';
import { TaskError } from '../task-error';
import { type TaskRequest, taskRequest } from '../task-request';
import { aboutPoint, type TaskWords } from '../task-words';

export const readAccessor = (fields: Fields): RevokeAccessor => ({
  task: 'revoke-accessor',
  accessor: fields.line('accessor', 120, 'Name the accessor of the token that is to be revoked.'),
  about: fields.line('about', 120),
});

/** Throws `TaskError` where it is no accessor, or is a token: that is a secret, and no plan may have it. */
export function requireAccessor({ accessor }: RevokeAccessor): void {
  if (/^(hvs|hvb|hvr|s|b|r)\./.test(accessor)) {
    throw new TaskError(
      'secret',
      'accessor',
      'This looks like a token itself. A plan names its accessor, which is no secret.',
    );
  }
  if (!/^[A-Za-z0-9-]{16,64}(\.[A-Za-z0-9]{1,32})?$/.test(accessor)) {
    throw new TaskError(
      'not-fitting',
      'accessor',
      'This is no accessor: it has letters and digits, in a namespace with a dot and the namespace’s id after them.',
    );
  }
}

export const accessorRequests = ({ accessor }: RevokeAccessor): TaskRequest[] => [
  taskRequest('POST', 'auth/token/revoke-accessor', { accessor }),
];

export const accessorWords = ({ accessor, about }: RevokeAccessor): TaskWords => ({
  title: `Revoke the token with the accessor ${accessor}`,
  points: [...aboutPoint(about), 'All tokens and leases that it has made end with it.'],
});
