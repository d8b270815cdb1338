import { expect, test } from 'vitest';
import { isPlainLine } from '../../../shared/plain-text';
import { mostTasks, requireSoundTasks, tasksBefore, withRevocation } from '../../../shared/task/plan-tasks';
import type { TaskEntry } from '../../../shared/task/task';
import { entryOf, taskOf } from '../../../shared/task/task-entry';
import { revocationTitle } from '../../../shared/task/token-end';
import { wordsOf } from '../../../shared/task/words-of';
import { nameOf, OTTO, oneOfEach, read, roster } from './tasks';

const all = Object.values(oneOfEach).map((value) => entryOf(read(value)));
const token = read(oneOfEach['create-token']) as Exclude<TaskEntry, string>;

test('revoking the token is the last task of each plan, once, whatever was written', () => {
  expect(withRevocation([])).toEqual([{ task: 'revoke-self' }]);
  expect(
    withRevocation([
      revocationTitle,
      { task: 'revoke-self' },
      'Look around',
      ' Revoke this token, and prove it ',
    ]),
  ).toEqual(['Look around', { task: 'revoke-self' }]);
  expect(tasksBefore(withRevocation(['Look around']))).toEqual(['Look around']);
});

test('a plan with a task of each template is sound, and so is one of lines alone', () => {
  expect(() => requireSoundTasks(withRevocation(all), roster)).not.toThrow();
  expect(() => requireSoundTasks(['Look around', revocationTitle, 'Tidy up'], roster)).not.toThrow();
});

test.each([
  [
    'a task after the last',
    [{ task: 'revoke-self' }, 'Look around'],
    'order',
    /Task 1: Revoking the token is the last task/,
  ],
  ['two that are the last', [{ task: 'revoke-self' }, { task: 'revoke-self' }], 'order', /Task 1/],
  ['more than a plan has', Array.from({ length: mostTasks + 1 }, () => 'x'), 'too-many', /12 tasks at most/],
  [
    'a token for somebody else',
    [{ ...token, recipient: 'ff'.repeat(20) }],
    'wrong-recipient',
    /not on the roster/,
  ],
  [
    'a token for an operator',
    ['x', { ...token, recipient: OTTO }],
    'wrong-recipient',
    /Task 2: .*not for an operator/,
  ],
  [
    'a token of the policy root',
    [{ ...token, policies: ['root'] }],
    'too-mighty',
    /Task 1: .*another root token/,
  ],
  [
    'a path that is closed',
    [{ task: 'request', method: 'PUT', path: 'sys/seal', about: '' }],
    'forbidden',
    /seal/,
  ],
] as const)('a laptop that takes a plan refuses %s, whoever signed it', (_, entries, code, message) => {
  expect(() => requireSoundTasks(entries as unknown as TaskEntry[], roster)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

test('words are lines that read as they are, and name people as the roster does', () => {
  for (const entry of all) {
    const { title, points } = wordsOf(taskOf(entry), nameOf);
    for (const line of [title, ...points]) expect(isPlainLine(line) && line !== '').toBe(true);
    for (const point of points) expect(point).toMatch(/[.]$/);
  }
  expect(wordsOf(taskOf(token), () => undefined).title).toBe(
    'Create a limited token for somebody who is not on the roster (key ADADADAD)',
  );
  expect(
    wordsOf(read({ ...oneOfEach['write-policy'], policy: 'path "*" {\n capabilities = ["sudo"]\n}' }), nameOf)
      .points,
  ).toEqual([
    'It is about “*”.',
    'It reaches nearly everything on the server.',
    'It allows what else only a root token may (sudo).',
    'A policy of that name that is there already is replaced.',
  ]);
  expect(
    wordsOf(read({ ...oneOfEach['enable-audit'], options: { file_path: '/a', log_raw: 'true' } }), nameOf)
      .points,
  ).toContain('It writes secrets in the clear (log_raw).');
});
