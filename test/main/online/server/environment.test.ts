import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serverOptionsFromEnv } from '../../../../main/online/server/environment';
import { selfSigned } from '../certificate';
import { newFolder } from '../stage';

const codeOf = (env: Record<string, string>, overrides = {}) => {
  try {
    serverOptionsFromEnv(env, overrides);
    return '';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other';
  }
};

test("the settings of vault and bao are read, with the command line's own before them", () => {
  const folder = newFolder();
  const { certPem, keyPem } = selfSigned();
  for (const [name, text] of [
    ['ca.pem', certPem],
    ['client.pem', certPem],
    ['client.key', keyPem],
  ] as const) {
    writeFileSync(join(folder, name), text);
  }
  const env = {
    VAULT_ADDR: 'https://vault.example.com:8200',
    VAULT_CACERT: join(folder, 'ca.pem'),
    VAULT_CLIENT_CERT: join(folder, 'client.pem'),
    VAULT_CLIENT_KEY: join(folder, 'client.key'),
    BAO_NAMESPACE: 'team-a',
    BAO_TOKEN: 's.token',
    VAULT_TLS_SERVER_NAME: 'vault.internal',
  };
  expect(serverOptionsFromEnv(env)).toMatchObject({
    address: 'https://vault.example.com:8200',
    caPem: certPem,
    clientKeyPem: keyPem,
    namespace: 'team-a',
    token: 's.token',
    serverName: 'vault.internal',
  });
  expect(serverOptionsFromEnv(env, { server: 'https://other:8200', token: 'mine' })).toMatchObject({
    address: 'https://other:8200',
    token: 'mine',
  });
});

test.each([
  ['90', 90_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
  ['1d', 86_400_000],
  ['0', undefined],
  ['999d', 2 ** 31 - 1],
])('a client timeout of %s is read as vault reads it', (text, timeoutMs) => {
  for (const name of ['VAULT', 'BAO'])
    expect(
      serverOptionsFromEnv({ VAULT_ADDR: 'https://a', [`${name}_CLIENT_TIMEOUT`]: text }).timeoutMs,
    ).toBe(timeoutMs);
});

test.each(['soon', '1.5', '-1s', '1d2h'])('a client timeout of %s is no duration, and is refused', (text) => {
  expect(codeOf({ VAULT_ADDR: 'https://a', VAULT_CLIENT_TIMEOUT: text })).toBe('bad-setting');
});

test.each(['a\nb', 'a\u0000b', 'a\u2028b'])(
  'a token or namespace of %j is named, and not repeated',
  (text) => {
    expect(codeOf({ VAULT_ADDR: 'https://a', VAULT_NAMESPACE: text })).toBe('bad-setting');
    expect(codeOf({ VAULT_ADDR: 'https://a', BAO_TOKEN: text })).toBe('bad-setting');
    expect(() => serverOptionsFromEnv({ VAULT_ADDR: 'https://a', VAULT_TOKEN: text })).toThrow(
      /^In the token there is a line break/,
    );
  },
);

test('verification cannot be switched off', () => {
  expect(codeOf({ VAULT_ADDR: 'https://a', VAULT_SKIP_VERIFY: 'true' })).toBe('skip-verify');
  expect(codeOf({ BAO_ADDR: 'https://a', BAO_SKIP_VERIFY: '1' })).toBe('skip-verify');
  expect(codeOf({ VAULT_ADDR: 'https://a', VAULT_SKIP_VERIFY: 'false' })).toBe('');
  expect(() => serverOptionsFromEnv({ VAULT_ADDR: 'https://a', VAULT_SKIP_VERIFY: '1' })).toThrow(
    /VAULT_CACERT.*A pin besides/,
  );
});

test('no address, two that disagree, half a client certificate, and a file that is no PEM are named', () => {
  expect(codeOf({})).toBe('no-address');
  expect(codeOf({ VAULT_ADDR: 'https://a', BAO_ADDR: 'https://b' })).toBe('bad-setting');
  expect(codeOf({ VAULT_ADDR: 'https://a', BAO_ADDR: 'https://a' })).toBe('');
  const folder = newFolder();
  writeFileSync(join(folder, 'x'), 'no PEM');
  expect(codeOf({ VAULT_ADDR: 'https://a', VAULT_CACERT: join(folder, 'x') })).toBe('bad-setting');
  expect(codeOf({ VAULT_ADDR: 'https://a', VAULT_CACERT: join(folder, 'none') })).toBe('bad-setting');
  writeFileSync(join(folder, 'c.pem'), selfSigned().certPem);
  expect(codeOf({ VAULT_ADDR: 'https://a', VAULT_CLIENT_CERT: join(folder, 'c.pem') })).toBe('bad-setting');
});
