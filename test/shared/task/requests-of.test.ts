import { expect, test } from 'vitest';
import { requestsOf } from '../../../shared/task/requests-of';
import { whyClosed } from '../../../shared/task/server-path';
import { largestBody } from '../../../shared/task/task-request';
import { oneOfEach, read } from './tasks';

const sent = (name: keyof typeof oneOfEach) =>
  requestsOf(read(oneOfEach[name])).map(({ method, path, body }) => [
    `${method} ${path}`,
    body === null ? null : (JSON.parse(body) as unknown),
  ]);

test('each template sends exactly what it shows', () => {
  expect(sent('write-policy')).toEqual([
    [
      'POST sys/policies/acl/app-reader',
      { policy: 'path "secret/data/app/*" {\n  capabilities = ["read"] # only\n}\n' },
    ],
  ]);
  expect(sent('enable-auth')).toEqual([
    [
      'POST sys/auth/corp',
      {
        type: 'oidc',
        description: 'Company login',
        config: { default_lease_ttl: '1h', listing_visibility: 'unauth' },
      },
    ],
    ['POST auth/corp/config', { default_role: 'reader', oidc_discovery_url: 'https://id.example' }],
  ]);
  expect(sent('enable-audit')).toEqual([
    ['POST sys/audit/log', { type: 'file', options: { file_path: '/var/log/audit.log' } }],
  ]);
  expect(sent('revoke-accessor')).toEqual([
    ['POST auth/token/revoke-accessor', { accessor: 'q1ZGYxUa2uRGPbQ9bTk7Nm3w' }],
  ]);
  expect(sent('list-root-tokens')).toEqual([
    ['LIST auth/token/accessors', null],
    ['POST auth/token/lookup-accessor', { accessor: '…' }],
  ]);
  expect(sent('request')).toEqual([
    ['POST auth/approle/role/app/secret-id', { metadata: '{"by":"ceremony"}' }],
  ]);
  expect(sent('by-hand')).toEqual([]);
  expect(sent('revoke-self')).toEqual([
    ['PUT auth/token/revoke-self', null],
    ['GET auth/token/lookup-self', null],
  ]);
});

test('a request says how many bytes it sends, and none sends more than a plan carries', () => {
  for (const value of Object.values(oneOfEach))
    for (const { body, bytes } of requestsOf(read(value))) {
      expect(bytes).toBe(new TextEncoder().encode(body ?? '').length);
      expect(bytes).toBeLessThanOrEqual(largestBody);
    }
});

test.each([
  'sys/generate-root/attempt',
  'sys/generate-root-token/update',
  'sys/generate-recovery-token/attempt',
  'sys/replication/dr/secondary/generate-operation-token/attempt',
  'sys/decode-token',
  'sys/seal',
  'sys/unseal',
  'sys/init',
  'sys/step-down',
  'sys/rekey/init',
  'sys/rekey-recovery-key/init',
  'sys/rotate/root/init',
  'sys/rotate/recovery/init',
  'sys/namespaces/team/seal',
  'sys/namespaces/team/generate-root/attempt',
  'sys/raw/core/keyring',
  'sys/storage/raft/remove-peer',
  'auth/token/create',
  'auth/token/create-orphan',
  'auth/token/create/admin',
  'auth/token/lookup-self',
  'auth/token/lookup',
  'team/auth/token/lookup-self',
  'auth/token/revoke-self',
  'auth/token/revoke',
  'auth/token/renew-self',
  'sys/leases/revoke-prefix/auth/token',
  'sys/revoke-force/auth/userpass',
  'team-a/sys/seal',
  'a/b/sys/generate-root/attempt',
])('a bare request never goes to %s', (path) => {
  expect(whyClosed(path)).not.toBeNull();
  expect(() => read({ task: 'request', method: 'POST', path: `/v1/${path}/` })).toThrow(
    expect.objectContaining({ code: 'forbidden', field: 'path' }),
  );
});

test.each([
  'sys/./seal',
  'sys//seal',
  'sys/x/../seal',
  'sys/se%61l',
  'sys/seal?x=1',
  'sys\\seal',
  'sys/ seal',
  'sys/seal#',
])('a path that could be read in two ways is none: %s', (path) => {
  expect(() => read({ task: 'request', method: 'POST', path })).toThrow(
    expect.objectContaining({ code: 'not-fitting', field: 'path' }),
  );
});

test.each([
  'sys/mounts/secret',
  'sys/auth/corp/tune',
  'sys/rotate',
  'identity/group',
  'sys/sealed-things',
  'auth/approle/role/app',
])('a bare request may go to %s', (path) => {
  expect(read({ task: 'request', method: 'POST', path })).toMatchObject({ path });
});
