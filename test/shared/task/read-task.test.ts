import { describe, expect, test } from 'vitest';
import { decodeCbor, encodeCbor } from '../../../shared/message/cbor';
import { taskNames } from '../../../shared/task/read-task';
import { taskEntry } from '../../../shared/task/task';
import { entryOf, taskOf } from '../../../shared/task/task-entry';
import type { TaskErrorCode } from '../../../shared/task/task-error';
import { ADA, oneOfEach, policyText, read } from './tasks';

/** What is refused: with which code, and at which field. */
const refused = (code: TaskErrorCode, field: string) => expect.objectContaining({ code, field });

const changed = (template: keyof typeof oneOfEach, change: object) => () =>
  read({ ...(oneOfEach[template] as object), ...change });

test('there is one of each template to try', () => {
  expect(Object.keys(oneOfEach)).toEqual(taskNames);
});

test.each(Object.entries(oneOfEach))('%s crosses the gap as it was read', (name, value) => {
  const task = read(value);
  expect(task.task).toBe(name);
  const crossed = taskEntry.parse(decodeCbor(encodeCbor(entryOf(task))));
  expect(taskOf(crossed)).toEqual(task);
  expect(typeof crossed).toBe(name === 'by-hand' ? 'string' : 'object');
});

test('a file may say things in several ways, and they are one', () => {
  expect(read({ ...oneOfEach['write-policy'], policy: policyText.trim().split('\n') })).toEqual(
    read(oneOfEach['write-policy']),
  );
  expect(
    read({ ...oneOfEach['create-token'], policies: ['app-reader'], ttl: 28_800, recipient: ADA }),
  ).toEqual(read(oneOfEach['create-token']));
  expect(read({ ...oneOfEach.request, body: '{ "metadata": "{\\"by\\":\\"ceremony\\"}" }' })).toEqual(
    read(oneOfEach.request),
  );
  expect(read({ task: 'by-hand', text: 'Tell the service desk' })).toEqual(read('Tell the service desk'));
});

test('JSON has one form, in whatever order it was written', () => {
  const one = read({ ...oneOfEach['enable-auth'], config: '{"b": 1.5, "a": [true, null]}' });
  expect(one).toMatchObject({ config: '{"a":[true,null],"b":1.5}' });
});

test('what is left out has a value that does no harm', () => {
  expect(read(oneOfEach['create-token'])).toEqual({
    task: 'create-token',
    policies: ['app-reader'],
    withDefault: true,
    type: 'service',
    orphan: true,
    renewable: false,
    ttl: 28_800,
    maxTtl: 0,
    period: 0,
    uses: 0,
    name: 'ada-admin',
    recipient: ADA,
  });
  expect(read({ task: 'enable-auth', type: 'approle' })).toMatchObject({ path: 'approle', about: '' });
});

describe('what is no task is refused by its field', () => {
  test.each([
    ['a number', () => read(7), 'unknown-task', ''],
    ['a list', () => read([]), 'unknown-task', ''],
    ['no template', () => read({ name: 'x' }), 'unknown-task', 'task'],
    ['an unknown template', () => read({ task: 'seal' }), 'unknown-task', 'task'],
    ['a name of an object’s own', () => read({ task: 'constructor' }), 'unknown-task', 'task'],
    ['a field too many', changed('write-policy', { sudo: true }), 'unknown-field', 'sudo'],
    ['an empty line', () => read('  '), 'missing', 'text'],
    ['a line that is too long', () => read('x'.repeat(121)), 'too-long', 'text'],
    ['a token in a line', () => read(`Log in with hvs.${'a'.repeat(24)}`), 'secret', 'text'],
    ['a policy without a name', changed('write-policy', { name: '' }), 'missing', 'name'],
    ['a policy in capitals', changed('write-policy', { name: 'Admin' }), 'not-fitting', 'name'],
    ['a policy that climbs', changed('write-policy', { name: 'a/../root' }), 'not-fitting', 'name'],
    ['the policy root', changed('write-policy', { name: 'root' }), 'too-mighty', 'name'],
    ['an empty policy', changed('write-policy', { policy: ' \n ' }), 'missing', 'policy'],
    [
      'a policy that is base64',
      changed('write-policy', { policy: 'cGF0aCAiKiIge30=' }),
      'not-fitting',
      'policy',
    ],
    [
      'an open brace',
      changed('write-policy', { policy: 'path "a" {\ncapabilities = ["read"]' }),
      'not-fitting',
      'policy',
    ],
    [
      'a quote without end',
      changed('write-policy', { policy: 'path "a" {\ncapabilities = ["read]\n}' }),
      'not-fitting',
      'policy',
    ],
    [
      'a policy with hidden text',
      changed('write-policy', { policy: 'path "a" { \u202e\n}' }),
      'not-fitting',
      'policy',
    ],
    [
      'a policy of 201 lines',
      changed('write-policy', { policy: `${policyText}${'#\n'.repeat(198)}#` }),
      'too-long',
      'policy',
    ],
    [
      'a policy of too many bytes',
      changed('write-policy', { policy: `${policyText}${`# ${'x'.repeat(200)}\n`.repeat(40)}` }),
      'too-long',
      'policy',
    ],
    ['a method of no kind', changed('enable-auth', { type: '' }), 'missing', 'type'],
    ['a method of an odd kind', changed('enable-auth', { type: 'OIDC!' }), 'not-fitting', 'type'],
    ['a second token method', changed('enable-auth', { type: 'token' }), 'forbidden', 'type'],
    [
      'a method in the token method’s place',
      changed('enable-auth', { path: 'auth/token' }),
      'forbidden',
      'path',
    ],
    ['a path with a query', changed('enable-auth', { path: 'corp?x=1' }), 'not-fitting', 'path'],
    ['a configuration that is no object', changed('enable-auth', { config: '[1]' }), 'not-fitting', 'config'],
    [
      'a configuration where the method has none',
      changed('enable-auth', { type: 'approle' }),
      'impossible-mix',
      'config',
    ],
    [
      'a secret in a configuration',
      changed('enable-auth', { config: { oidc_client_secret: 'xyzzy' } }),
      'secret',
      'config',
    ],
    [
      'a secret deep inside',
      changed('enable-auth', { config: { a: [{ private_key: 'xyzzy' }] } }),
      'secret',
      'config',
    ],
    ['an audit device of no type', changed('enable-audit', { type: undefined }), 'missing', 'type'],
    ['an audit device of another type', changed('enable-audit', { type: 'kafka' }), 'not-fitting', 'type'],
    ['a file device without a file', changed('enable-audit', { options: {} }), 'missing', 'options'],
    [
      'a file device beside the root',
      changed('enable-audit', { options: { file_path: 'audit.log' } }),
      'not-fitting',
      'options',
    ],
    ['a socket device without an address', changed('enable-audit', { type: 'socket' }), 'missing', 'options'],
    [
      'an option that is no text',
      changed('enable-audit', { options: { file_path: '/a', log_raw: true } }),
      'not-fitting',
      'options',
    ],
    ['no accessor', changed('revoke-accessor', { accessor: '' }), 'missing', 'accessor'],
    [
      'something else than an accessor',
      changed('revoke-accessor', { accessor: 'the old one' }),
      'not-fitting',
      'accessor',
    ],
    [
      'a token for its accessor',
      changed('revoke-accessor', { accessor: `hvs.${'a'.repeat(24)}` }),
      'secret',
      'accessor',
    ],
    ['a request of no method', changed('request', { method: 'HEAD' }), 'not-fitting', 'method'],
    ['a request to nowhere', changed('request', { path: '/v1/' }), 'missing', 'path'],
    ['a GET with a body', changed('request', { method: 'GET' }), 'impossible-mix', 'body'],
    ['a token in a body', changed('request', { body: { x: `hvs.${'a'.repeat(24)}` } }), 'secret', 'body'],
    ['somebody unknown', changed('request', { recipient: 'Zoe' }), 'wrong-recipient', 'recipient'],
  ] as const)('%s', (_, make, code, field) => {
    expect(make).toThrow(refused(code, field));
  });
});

test('a name that ends like a secret’s is taken where its value is none', () => {
  expect(
    read({
      task: 'request',
      method: 'POST',
      path: 'auth/approle/role/app',
      body: { bind_secret_id: true, secret_id_ttl: '1h', token_ttl: '20m' },
    }),
  ).toMatchObject({ task: 'request' });
});
