import { describe, expect, test } from 'vitest';
import { requireTasks } from '../../../shared/ceremony/planned-tasks';
import type { TaskEntry } from '../../../shared/task/task';

const last = { task: 'revoke-self' } as const;
const policy: TaskEntry = { task: 'write-policy', name: 'team', policy: ['path "kv/*" {', '}'] };
const roster = [
  { name: 'Ada', role: 'custodian' as const, fingerprint: 'ab'.repeat(20), givesTo: 'cd'.repeat(20) },
];
const limited: TaskEntry = {
  task: 'create-token',
  policies: ['team'],
  withDefault: false,
  type: 'service',
  orphan: true,
  renewable: false,
  ttl: 3600,
  maxTtl: 0,
  period: 0,
  uses: 0,
  name: '',
  recipient: 'ab'.repeat(20),
};

const holds = (entries: TaskEntry[], tokenKind: 'root' | 'dr' | 'recovery', namespace?: string) => () =>
  requireTasks(entries, roster, { tokenKind, namespace }, 'Change that task.');

describe('the tasks of a plan are held against its token', () => {
  test('a root token of the whole server can make a limited token, one of a namespace can’t', () => {
    expect(holds([limited, last], 'root')).not.toThrow();
    expect(holds([policy, limited, last], 'root', 'team/blue')).toThrow(
      /^Task 2: In the namespace team\/blue .* Change that task\.$/,
    );
    expect(holds([policy, last], 'root', 'team/blue')).not.toThrow();
  });

  test.each(['dr', 'recovery'] as const)('a station does nothing with a %s token', (kind) => {
    expect(holds(['Raise the snapshot', last], kind)).not.toThrow();
    expect(holds([policy, last], kind)).toThrow(/^Task 1: With a .* token a station can't do that\./);
  });
});
