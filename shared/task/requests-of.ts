import type { TokenKind } from '../token/token-kind';
import type { Task } from './task';
import { type TaskRequest, taskRequest } from './task-request';
import { accessorRequests } from './template/accessor';
import { auditDeviceRequests } from './template/audit-device';
import { authMethodRequests } from './template/auth-method';
import { newTokenRequests } from './template/new-token';
import { policyRequests } from './template/policy';
import { serverRequests } from './template/server-request';
import { tokenEnd } from './token-end';

/**
 * The requests that a task sends, in order and exactly as they go out; none for what a person does by hand.
 * Both servers take them (tested on real ones). `kind`: of the token that it is done with.
 */
export function requestsOf(task: Task, kind: TokenKind = 'root'): TaskRequest[] {
  switch (task.task) {
    case 'write-policy':
      return policyRequests(task);
    case 'enable-auth':
      return authMethodRequests(task);
    case 'enable-audit':
      return auditDeviceRequests(task);
    case 'create-token':
      return newTokenRequests(task);
    case 'revoke-accessor':
      return accessorRequests(task);
    case 'list-root-tokens':
      return [
        taskRequest('LIST', 'auth/token/accessors'),
        taskRequest('POST', 'auth/token/lookup-accessor', { accessor: '…' }, true),
      ];
    case 'request':
      return serverRequests(task);
    case 'by-hand':
      return [];
    case 'revoke-self':
      return [...tokenEnd(kind).requests];
  }
}
