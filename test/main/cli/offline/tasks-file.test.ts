import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { newFolder } from '../../online/stage';
import { airlock } from '../fake-terminal';

const laid = z.object({
  plan: z.object({ tasks: z.array(z.unknown()) }),
  shown: z.array(z.object({ title: z.string(), requests: z.array(z.object({ path: z.string() })) })),
});

/** An officer alone at their laptop, who plans. */
async function officer() {
  const dir = newFolder();
  const at = (name: string) => join(dir, name);
  writeFileSync(at('passphrase'), 'correct horse battery\n');
  const as = (args: readonly string[]) =>
    airlock([...args, '--home', at('olga'), '--passphrase-file', at('passphrase')]);
  await as(['identity', 'create', '--name', 'Olga', '--role', 'officer']);
  /** The plan with a file of these tasks. */
  const plan = (tasks: unknown, ...more: readonly string[]) => {
    writeFileSync(at('tasks.json'), typeof tasks === 'string' ? tasks : JSON.stringify(tasks));
    return as(['offline', 'plan', '--tasks-file', at('tasks.json'), ...more]);
  };
  return { as, plan };
}

test('a file of tasks becomes the plan’s: revoking the token is the last, and each is shown with what is sent', async () => {
  const { as, plan } = await officer();
  const tasks = [
    { task: 'enable-auth', type: 'oidc', config: { default_role: 'reader' } },
    { task: 'create-token', policies: ['admin'], ttl: '8h', recipient: 'Olga' },
    'Tell the service desk',
  ];
  const run = await plan(tasks, '--rehearsal', '--json');
  expect([run.code, run.err]).toEqual([0, '']);
  const said = run.as(laid);
  expect(said.plan.tasks).toMatchObject([
    { task: 'enable-auth', path: 'oidc', config: '{"default_role":"reader"}' },
    { task: 'create-token', ttl: 28_800, orphan: true, uses: 0 },
    'Tell the service desk',
    { task: 'revoke-self' },
  ]);
  expect(said.shown.map(({ title }) => title)).toEqual([
    'Enable the auth method oidc at auth/oidc',
    'Create a limited token for Olga',
    'Tell the service desk',
    'Revoke this token, and prove it',
  ]);
  const shown = await as(['offline', 'plan']);
  expect(shown.out).toMatch(/Tasks +1\. Enable the auth method oidc at auth\/oidc/);
  expect(shown.out).toContain('> POST auth/oidc/config {"default_role":"reader"}');
  expect(shown.out).toMatch(/It lives 8 hours, and can’t be renewed\./);

  // Lines alone, as before, replace them all.
  const lines = (await as(['offline', 'plan', '--task', 'Look around', '--json'])).as(laid);
  expect(lines.plan.tasks).toEqual(['Look around', { task: 'revoke-self' }]);
});

test('a file with a wrong task is refused by its entry and field, and the plan stays', async () => {
  const { as, plan } = await officer();
  await plan(['Look around'], '--rehearsal');
  const wrong = [
    [
      [{ task: 'create-token', policies: ['root'], ttl: '1h', recipient: 'Olga' }],
      /Entry 1 .*“policies”: .*another root token/,
    ],
    [
      ['x', { task: 'create-token', type: 'batch', policies: ['a'], ttl: '1h', uses: 2, recipient: 'Olga' }],
      /Entry 2 .*“uses”: A batch token/,
    ],
    [
      [{ task: 'create-token', policies: ['a'], ttl: '1h', recipient: 'Zoe' }],
      /Entry 1 .*“recipient”: Nobody known here is called “Zoe”/,
    ],
    [[{ task: 'request', method: 'PUT', path: 'sys/seal' }], /Entry 1 .*“path”: .*seal/],
    [[{ task: 'seal' }], /Entry 1 .*“task”: There is no template “seal”/],
    [[7], /Entry 1 of --tasks-file: A task is a line of text/],
    ['{"task": "revoke-self"}', /takes a JSON array/],
    ['[', /takes a JSON array/],
  ] as const;
  for (const [tasks, sentence] of wrong) {
    const run = await plan(tasks);
    expect([run.code === 0, run.err]).toEqual([false, expect.stringMatching(sentence)]);
  }
  const both = await plan(['x'], '--task', 'y');
  expect([both.code === 0, both.err]).toEqual([false, expect.stringContaining('both say all tasks')]);
  expect((await as(['offline', 'plan', '--json'])).as(laid).plan.tasks).toEqual([
    'Look around',
    { task: 'revoke-self' },
  ]);
});
