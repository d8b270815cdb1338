import type { Task } from './task';
import type { NameOf, TaskWords } from './task-words';
import { accessorWords } from './template/accessor';
import { auditDeviceWords } from './template/audit-device';
import { authMethodWords } from './template/auth-method';
import { newTokenWords } from './template/new-token';
import { policyWords } from './template/policy';
import { serverRequestWords } from './template/server-request';

/** What the last task is called, also by plans of earlier versions, which had it as a line of text. */
export const revocationTitle = 'Revoke this token, and prove it';

/** A task in plain words: the same wherever somebody reads the plan, the report included. */
export function wordsOf(task: Task, nameOf: NameOf): TaskWords {
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
    case 'revoke-self':
      return {
        title: revocationTitle,
        points: ['It is looked up afterwards: the server has to refuse it.'],
      };
  }
}
