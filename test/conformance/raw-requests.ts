import { RAW_BODIES } from './raw-bodies';
import {
  ATTEMPT,
  CREATE,
  FORM,
  get,
  HEALTH,
  PATHS,
  put,
  type RawGroup,
  ROOT,
  SEAL,
  SELF,
  UPDATE,
  WRITES,
} from './raw-group';

const OTP = JSON.stringify({ otp: 'x'.repeat(28), pgp_key: '' });
const SHARE = JSON.stringify({ key: 'ab'.repeat(33), nonce: 'x' });
const PATCH = { 'Content-Type': 'application/merge-patch+json' };

/** As `api/client.go` of Vault's and OpenBao's Go clients sends them, for both `operator generate-root` commands. */
const GO_CLIENT = {
  'User-Agent': 'Go-http-client/1.1',
  'X-Vault-Request': 'true',
  'Accept-Encoding': 'gzip',
};

export const RAW_GROUPS: readonly RawGroup[] = [
  {
    about: 'what the command lines send',
    requests: [
      get(ATTEMPT, GO_CLIENT),
      put(ATTEMPT, OTP, GO_CLIENT),
      put(ATTEMPT, OTP, { ...GO_CLIENT, 'X-Vault-Token': 'an-old-one', 'X-Vault-Namespace': 'team/' }),
      put(ATTEMPT, OTP, { ...GO_CLIENT, 'X-Vault-Wrap-TTL': '60' }),
      put(ATTEMPT, OTP, { ...GO_CLIENT, 'X-Vault-Policy-Override': 'true', 'X-Vault-MFA': 'a:b' }),
      put(ATTEMPT, OTP, FORM),
      put(UPDATE, SHARE, GO_CLIENT),
      put(UPDATE, SHARE, FORM),
      { method: 'DELETE', target: ATTEMPT, headers: GO_CLIENT },
      get(HEALTH, GO_CLIENT),
      get(SEAL, { ...GO_CLIENT, ...ROOT }),
      get(SELF, { ...GO_CLIENT, ...ROOT }),
      get(SELF, { Authorization: 'Bearer  ROOT' }),
      get(SELF, { Authorization: 'Basic ROOT' }),
      put(ATTEMPT, `${OTP.length.toString(16)}\r\n${OTP}\r\n0\r\n\r\n`, { 'Transfer-Encoding': 'chunked' }),
      get(ATTEMPT, {
        Connection: 'close, Upgrade, HTTP2-Settings',
        Upgrade: 'h2c',
        'HTTP2-Settings': 'AAMAAABk',
      }),
    ],
  },
  {
    about: 'headers without a value, or with an odd one',
    requests: [
      get(ATTEMPT, { 'X-Vault-Namespace': '' }),
      get(ATTEMPT, { 'X-Vault-Namespace': '/team' }),
      get('/nowhere', { 'X-Vault-Namespace': 'team' }),
      get(SELF, { 'X-Vault-Token': '' }),
      get(SELF, { 'X-Vault-Token': 'a b' }),
    ],
  },
  {
    about: 'parameters of sys/health',
    requests: [
      'standbyok',
      'standbyok=',
      'standbyok=T',
      'standbyok=tRUE',
      'standbyok=maybe',
      'perfstandbyok',
      'perfstandbyok=2',
      'activecode',
      'activecode=',
      'activecode=204',
      'activecode=0x10',
      'activecode=299&activecode=x',
      'uninitcode=x',
      'sealedcode=x',
      'standbycode=x',
      'drsecondarycode=x',
      'performancestandbycode=x',
      'haunhealthycode=x',
      'removedcode=x',
      'foocode=x',
      'list=perhaps',
      'list=tRUE',
    ].map((query) => get(`${HEALTH}?${query}`)),
  },
  {
    about: 'methods',
    requests: PATHS.flatMap((target) =>
      ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'TRACE', 'FOO'].flatMap((method) => [
        { method, target },
        { method, target, body: '{"token":"x"}', headers: { ...ROOT, ...PATCH } },
      ]),
    ),
  },
  {
    about: 'methods that Node does not know',
    requests: [HEALTH, SEAL, ATTEMPT].map((target) => ({ method: 'LIST', target })),
  },
  {
    about: 'shares by every method',
    requests: ['GET', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'POST', 'PUT'].map((method) => ({
      method,
      target: UPDATE,
      body: SHARE,
      headers: PATCH,
    })),
  },
  {
    about: 'ways to write a path',
    requests: [
      ...PATHS.flatMap((path) => [
        path.replace('/v1', '//v1'),
        path.replace('/v1/', '/v1//'),
        path.replace('/v1/', '/v1/./'),
        path.replace('/v1/', '/v1/x/../'),
        `/..${path}`,
        `${path}/`,
        `${path}//?a=b&c`,
        `${path}/.`,
        path.replace('e', '%65'),
        path.replace('/v1', '/v%31'),
        path.toUpperCase(),
        `${path}%20`,
        `http://elsewhere${path}`,
      ]),
      '/',
      '/v1',
      '/v1?a=<b>&c="d\'',
      '/v1/',
      '/v1/sys',
      '/v1/sys/pprof',
      '/nowhere',
      '/v1/nowhere',
      '/v1/sys//%2e%2e/x',
      '/v1/%zz',
    ].map((target) => get(target)),
  },
  {
    about: 'ways to write a path that is written to',
    requests: [
      put('/v1//sys/generate-root/attempt', OTP),
      put('/v1/sys', OTP),
      put('/v1/nowhere/', '{}'),
      ...WRITES.flatMap((path) => [put(`${path}/`, OTP), put(`${path}/`, OTP, ROOT), put(`${path}/`, '{')]),
      { method: 'PATCH', target: `${CREATE}/`, body: '{}', headers: PATCH },
      { method: 'DELETE', target: `${ATTEMPT}/`, body: '{' },
    ],
  },
  ...RAW_BODIES,
];
