import { expect, test } from 'vitest';
import { shownTasks } from '../../../shared/task/shown-task';
import { revocationTitle } from '../../../shared/task/token-end';
import { TOKEN_KINDS } from '../../../shared/token/token-kind';

const requests = (kind: (typeof TOKEN_KINDS)[number], entry: Parameters<typeof shownTasks>[0][number]) =>
  shownTasks([entry], [], kind).flatMap(({ requests: sent }) => sent.map(({ path, body }) => [path, body]));

test('only the plan of a root token ends with its revocation: other kinds say how theirs end, also in plans of earlier versions', () => {
  for (const entry of [revocationTitle, { task: 'revoke-self' }] as const) {
    const titles = TOKEN_KINDS.map((kind) => shownTasks([entry], [], kind)[0]?.title);
    expect(titles).toEqual([
      'Revoke this token, and prove it',
      'Delete this operation token, and prove it',
      'End recovery mode, and prove it',
    ]);
    const [root, dr, recovery] = TOKEN_KINDS.map((kind) => requests(kind, entry));
    expect(root?.at(-1)).toEqual(['auth/token/lookup-self', null]);
    expect(dr).toEqual(Array(2).fill(['sys/replication/dr/secondary/operation-token/delete', null]));
    expect(recovery).toEqual([['sys/health', null]]);
  }
  const [recovery] = shownTasks([{ task: 'revoke-self' }], [], 'recovery');
  expect(recovery?.points.join()).toMatch(/cannot be revoked: it ends when the server ends/);
});
