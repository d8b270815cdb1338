import type { TokenKind } from '../token/token-kind';
import { type TaskRequest, taskRequest } from './task-request';
import type { TaskWords } from './task-words';

/** How the last task of every plan is called, and what is sent for it. */
interface TokenEnd extends TaskWords {
  readonly requests: readonly TaskRequest[];
}

/** What the last task is called, also by plans of earlier versions, which had it as a line of text. */
export const revocationTitle = 'Revoke this token, and prove it';

/**
 * The last task of a plan, by the kind of its token: only a root token is revoked, and looked up afterwards
 * (docs/server-facts.md, "Auto-unseal and recovery", "Endpoints"). The proof is always the last request.
 */
export function tokenEnd(kind: TokenKind): TokenEnd {
  switch (kind) {
    case 'root':
      return {
        title: revocationTitle,
        points: ['It is looked up afterwards: the server has to refuse it.'],
        requests: [
          taskRequest('PUT', 'auth/token/revoke-self'),
          taskRequest('GET', 'auth/token/lookup-self'),
        ],
      };
    case 'dr': {
      // The token stands in the body, which is shown nowhere.
      const request = taskRequest('POST', 'sys/replication/dr/secondary/operation-token/delete');
      return {
        title: 'Delete this operation token, and prove it',
        points: [
          'It can’t be looked up. It is deleted once more afterwards: the secondary has to refuse that.',
        ],
        requests: [request, request],
      };
    }
    case 'recovery':
      return {
        title: 'End recovery mode, and prove it',
        points: [
          'This token cannot be revoked: it ends when the server ends. People start the server as usual after the repair. Then it is asked whether it runs so: its answer is the proof.',
        ],
        requests: [taskRequest('GET', 'sys/health')],
      };
  }
}
