import { secretFieldOf } from './secret-field';
import type { Task } from './task';
import { TaskError } from './task-error';
import { requireAccessor } from './template/accessor';
import { requireAuditDevice } from './template/audit-device';
import { requireAuthMethod } from './template/auth-method';
import { requireNewToken } from './template/new-token';
import { requirePolicy } from './template/policy';
import { requireServerRequest } from './template/server-request';

/**
 * Holds a task against what a plan may do. It is asked where a plan is made, and again wherever one is taken:
 * an officer's word is not enough. Throws `TaskError`, which names the field.
 */
export function requireSound(task: Task): void {
  const secret = secretFieldOf(task);
  if (secret !== null) {
    throw new TaskError(
      'secret',
      secret,
      'This holds a token or a key. Everyone reads the plan, and transcripts keep it for years.',
    );
  }
  switch (task.task) {
    case 'write-policy':
      requirePolicy(task);
      break;
    case 'enable-auth':
      requireAuthMethod(task);
      break;
    case 'enable-audit':
      requireAuditDevice(task);
      break;
    case 'create-token':
      requireNewToken(task);
      break;
    case 'revoke-accessor':
      requireAccessor(task);
      break;
    case 'request':
      requireServerRequest(task);
      break;
    case 'list-root-tokens':
    case 'by-hand':
    case 'revoke-self':
  }
}
