import { describe, expect, test } from 'vitest';
import { call, type Json, refusal, type Server } from './api';
import { type Start, suiteServer } from './suite-server';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UNSUPPORTED = [405, 'unsupported operation'];

/** What OpenBao says of itself and of tokens, where that is another thing than what Vault says. */
export function openBaoSuite(start: Start, version: string, oldEndpoints: 'off' | 'on'): void {
  describe('about itself', () => {
    const server = suiteServer(start);
    const get = async (path: string): Promise<Json> => (await call(server(), 'GET', path)).json;

    test('tells its health, its seal and who leads', async () => {
      const health = await get('sys/health');
      expect(health).toEqual({
        initialized: true,
        sealed: false,
        standby: false,
        replication_performance_mode: 'disabled',
        replication_dr_mode: 'disabled',
        server_time_utc: expect.any(Number),
        version,
        cluster_name: expect.any(String),
        cluster_id: expect.stringMatching(UUID),
      });
      expect(await get('sys/seal-status')).toEqual({
        type: 'shamir',
        initialized: true,
        sealed: false,
        t: 3,
        n: 5,
        progress: 0,
        nonce: '',
        recovery_seal: false,
        version,
        commit_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        migration: false,
        cluster_name: health.cluster_name,
        cluster_id: health.cluster_id,
        storage_type: 'inmem',
      });
      expect(await get('sys/leader')).toEqual({ ha_enabled: false });
      expect(await get('sys/init')).toEqual({ initialized: true });
    });

    test(`has the old endpoints ${oldEndpoints}`, async () => {
      const token = server().rootToken;
      for (const [method, path] of [
        ['GET', 'sys/generate-root/attempt'],
        ['PUT', 'sys/generate-root/attempt'],
        ['DELETE', 'sys/generate-root/attempt'],
        ['PUT', 'sys/generate-root/update'],
      ] as const) {
        for (const options of [{}, { token }]) {
          const answer = await call(server(), method, path, options);
          if (oldEndpoints === 'off') expect(refusal(answer), path).toEqual(UNSUPPORTED);
          else expect(answer.status, path).not.toBe(405);
        }
      }
    });

    test('has none of the paths for other tokens', async () => {
      for (const path of [
        'sys/generate-recovery-token/attempt',
        'sys/replication/dr/secondary/generate-operation-token/attempt',
      ]) {
        const answer = await call(server(), 'GET', path, { token: server().rootToken });
        expect(refusal(answer)).toEqual([404, '1 error occurred:\n\t* unsupported path\n\n']);
      }
    });
  });

  describe('a token', () => {
    const server = suiteServer(start);
    const create = (body: object) =>
      call(server(), 'POST', 'auth/token/create', { token: server().rootToken, body });

    test('looks itself up in an envelope that names no mount', async () => {
      const { json } = await call(server(), 'GET', 'auth/token/lookup-self', { token: server().rootToken });
      expect(json).toEqual({
        request_id: expect.stringMatching(UUID),
        lease_id: '',
        renewable: false,
        lease_duration: 0,
        data: {
          accessor: expect.stringMatching(/^[0-9A-Za-z]{24}$/),
          creation_time: expect.any(Number),
          creation_ttl: 0,
          display_name: 'root',
          entity_id: '',
          expire_time: null,
          explicit_max_ttl: 0,
          id: server().rootToken,
          meta: null,
          num_uses: 0,
          orphan: true,
          path: 'auth/token/root',
          policies: ['root'],
          ttl: 0,
          type: 'service',
        },
        wrap_info: null,
        warnings: null,
        auth: null,
      });
    });

    test('that is none is refused as a missing one is', async () => {
      for (const token of ['', 'nonsense', 's.nonsense']) {
        for (const path of ['auth/token/lookup-self', 'sys/nowhere', 'nowhere']) {
          expect(refusal(await call(server(), 'GET', path, { token })), path).toEqual([
            403,
            'permission denied',
          ]);
        }
      }
    });

    test('is short, whatever it may do', async () => {
      expect((await create({ policies: ['default'], ttl: '1h' })).json.auth).toMatchObject({
        client_token: expect.stringMatching(/^s\.[0-9A-Za-z]{24}$/),
        accessor: expect.stringMatching(/^[0-9A-Za-z]{24}$/),
        policies: ['default'],
        lease_duration: 3600,
      });
      expect((await create({ policies: ['default'], type: 'batch' })).json.auth).toMatchObject({
        client_token: expect.stringMatching(/^b\.[0-9A-Za-z_-]{100,}$/),
        accessor: '',
        token_type: 'batch',
      });
    });

    test('is revoked, and then neither found nor taken', async () => {
      const { client_token: token, accessor } = (await create({ ttl: '1h' })).json.auth;
      const asRoot = (path: string, body: object) =>
        call(server(), 'POST', path, { token: server().rootToken, body });
      expect((await asRoot('auth/token/revoke-accessor', { accessor })).status).toBe(204);
      expect((await asRoot('auth/token/revoke-accessor', { accessor })).json.warnings).toEqual([
        'No token found with this accessor',
      ]);
      expect(refusal(await asRoot('auth/token/lookup-accessor', { accessor }))).toEqual([
        400,
        '1 error occurred:\n\t* invalid accessor\n\n',
      ]);
      expect(refusal(await asRoot('auth/token/lookup', { token }))).toEqual([403, 'bad token']);
      expect(refusal(await call(server(), 'GET', 'auth/token/lookup-self', { token }))).toEqual([
        403,
        'permission denied',
      ]);
    });
  });
}

/** What a server in recovery mode has beside its one way to a token. */
export function recoverySuite(start: Start): void {
  describe('beside recovery tokens', () => {
    const server = suiteServer(start, async () => undefined);
    const plain = async (path: string): Promise<readonly [number, string]> => {
      const answer = await fetch(`${server().address}/v1/${path}`);
      return [answer.status, (await answer.text()).trim()];
    };

    test.each([
      'sys/health',
      'sys/seal-status',
      'sys/leader',
      'sys/init',
      'sys/generate-root/attempt',
      'sys/generate-root-token/attempt',
      'auth/token/lookup-self',
    ])('has no %s', async (path) => {
      expect(await plain(path)).toEqual([404, '404 page not found']);
    });

    test('has its storage, for whom has such a token', async () => {
      expect(await plain('sys/raw/core')).toEqual([403, '{"errors":[]}']);
      const token = await made(server());
      const read = await call(server(), 'GET', 'sys/raw/nowhere', { token });
      expect([read.status, read.json]).toEqual([404, { errors: [] }]);
      for (const other of ['hvr.nonsense', '']) {
        expect((await call(server(), 'GET', 'sys/raw/nowhere', { token: other })).status).toBe(403);
      }
    });

    test('has no namespaces', async () => {
      const headers = { 'X-Vault-Namespace': 'team' };
      const path = 'sys/generate-recovery-token/attempt';
      expect(refusal(await call(server(), 'GET', path, { headers }))).toEqual([
        400,
        'operation unavailable in namespaces',
      ]);
    });
  });
}

/** Makes the recovery token. */
async function made(server: Server): Promise<string> {
  const path = 'sys/generate-recovery-token';
  const { nonce, otp } = (await call(server, 'PUT', `${path}/attempt`)).json;
  let encoded = '';
  for (const key of server.shares.slice(0, 3)) {
    encoded = (await call(server, 'PUT', `${path}/update`, { body: { key, nonce } })).json.encoded_token;
  }
  return Buffer.from(Buffer.from(encoded, 'base64').map((byte, at) => byte ^ otp.charCodeAt(at))).toString(
    'latin1',
  );
}
