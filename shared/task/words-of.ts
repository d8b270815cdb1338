import type { TokenKind } from '../token/token-kind';
import type { Task } from './task';
import type { NameOf, TaskWords } from './task-words';
import { accessorWords } from './template/accessor';
import { auditDeviceWords } from './template/audit-device';
import { authMethodWords } from './template/auth-method';
import { newTokenWords } from './template/new-token';
import { policyWords } from './template/policy';
import { serverRequestWords } from './template/server-request';
import { tokenEnd } from './token-end';

/**
 * A task in plain words: the same wherever somebody reads the plan, the report included. `kind`: of the token
 * that it is done with, by which the last task has its words.
 */
export function wordsOf(task: Task, nameOf: NameOf, kind: TokenKind = 'root'): TaskWords {
  switch (task.task) {
    case 'write-policy':
      return policyWords(task);
    case 'enable-auth':
      return authMethodWords(task);
    case 'enable-audit':
      return auditDeviceWords(task);
    case 'create-token':
      return newTokenWords(task, nameOf);
    case 'revoke-accessor':
      return accessorWords(task);
    case 'list-root-tokens':
      return {
        title: 'List the root tokens of the server',
        points: ['Every accessor is looked up. Nothing is changed, and no token is shown.'],
      };
    case 'request':
      return serverRequestWords(task, nameOf);
    case 'by-hand':
      return { title: task.text, points: [] };
    case 'revoke-self': {
      const { title, points } = tokenEnd(kind);
      return { title, points };
    }
  }
}
