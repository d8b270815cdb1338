import { describe, expect, test } from 'vitest';
import { type Answer, call, type Json, refusal, type Server } from './api';
import { type Start, suiteServer } from './suite-server';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ID = /^[0-9A-Za-z]{6}$/;
const WAY = 'sys/generate-root-token';
const STANZA = 'seal "shamir" {\n  shares = 4\n  threshold = 2\n}\n';
const UNAVAILABLE = [400, 'operation unavailable in namespaces'];

/** What a namespace of OpenBao is, with a seal of its own and without one. */
export function namespaceSuite(start: Start): void {
  describe('a namespace', () => {
    const server = suiteServer(start, prepared);
    const asRoot = (method: string, path: string, namespace = '', body?: unknown): Promise<Answer> =>
      call(server(), method, path, {
        token: server().rootToken,
        ...(namespace === '' ? {} : { headers: { 'X-Vault-Namespace': namespace } }),
        ...(body === undefined ? {} : { body }),
      });
    const shares = (): readonly string[] => sharesOf.get(server().address) ?? [];
    const status = async (): Promise<Json> => (await asRoot('GET', `${WAY}/attempt`, 'own')).json.data;

    /** Makes a root token of the namespace `own`. */
    const made = async (): Promise<string> => {
      const { nonce, otp } = (await asRoot('PUT', `${WAY}/attempt`, 'own')).json.data;
      let last: Json = null;
      for (const key of shares().slice(1, 3)) {
        last = (await asRoot('PUT', `${WAY}/update`, 'own', { key, nonce })).json.data;
      }
      return Buffer.from(
        Buffer.from(last.encoded_token, 'base64').map((byte, at) => byte ^ otp.charCodeAt(at)),
      ).toString('latin1');
    };

    test('is listed with its facts, and read by its name', async () => {
      const facts = (path: string) => ({
        custom_metadata: {},
        id: expect.stringMatching(ID),
        locked: false,
        path,
        tainted: false,
        uuid: expect.stringMatching(UUID),
      });
      const { keys, key_info } = (await asRoot('GET', 'sys/namespaces?list=true')).json.data;
      // In any order.
      expect([...keys].sort()).toEqual(['own/', 'plain/']);
      expect(key_info).toEqual({ 'own/': facts('own/'), 'plain/': facts('plain/') });
      expect((await asRoot('GET', 'sys/namespaces/own')).json.data).toEqual(facts('own/'));
      expect(refusal(await asRoot('GET', 'sys/namespaces/nowhere'))).toEqual([404]);
      expect((await asRoot('PUT', 'sys/namespaces/plain')).json.data).toEqual(facts('plain/'));
      expect((await asRoot('DELETE', 'sys/namespaces/nowhere')).json.warnings).toEqual([
        'requested namespace does not exist',
      ]);
    });

    test.each([
      ['a%20b', '"a b" contains space characters that cannot be used in a namespace name'],
      ['root', '"root/" is a reserved path and cannot be used as a namespace name'],
      ['sys', '"sys/" is a reserved path and cannot be used as a namespace name'],
    ])('is not called %s', async (name, text) => {
      expect(refusal(await asRoot('PUT', `sys/namespaces/${name}`))).toEqual([400, text]);
    });

    test('has a seal of its own only where that was asked for', async () => {
      expect((await asRoot('GET', 'sys/namespaces/own/seal-status')).json.data).toEqual({
        initialized: true,
        n: 4,
        nonce: '',
        progress: 0,
        sealed: false,
        t: 2,
        type: 'shamir',
      });
      const notSealable = [400, 'namespace is not sealable'];
      expect(refusal(await asRoot('GET', 'sys/namespaces/plain/seal-status'))).toEqual(notSealable);
      expect(refusal(await asRoot('GET', `${WAY}/attempt`, 'plain'))).toEqual(notSealable);
      expect(refusal(await asRoot('PUT', `${WAY}/attempt`, 'plain'))).toEqual(notSealable);
      expect(refusal(await asRoot('GET', 'sys/namespaces/nowhere/seal-status'))).toEqual([
        500,
        '1 error occurred:\n\t* namespace "nowhere/" doesn\'t exist\n\n',
      ]);
    });

    test('can be sealed while the server is not, and its shares open it', async () => {
      expect((await asRoot('PUT', 'sys/namespaces/own/seal')).status).toBe(204);
      for (const [method, path] of [
        ['GET', `${WAY}/attempt`],
        ['PUT', `${WAY}/attempt`],
        ['GET', 'auth/token/lookup-self'],
      ] as const) {
        expect(refusal(await asRoot(method, path, 'own')), path).toEqual([503, 'namespace is sealed']);
      }
      expect((await asRoot('GET', `${WAY}/attempt`)).status).toBe(200);
      const unseal = async (key?: string) =>
        (await asRoot('PUT', 'sys/namespaces/own/unseal', '', { key })).json.data;
      expect(await unseal(shares()[3])).toMatchObject({ sealed: true, progress: 1, n: 4, t: 2 });
      expect(await unseal(shares()[0])).toMatchObject({ sealed: false, progress: 0, nonce: '' });
    });

    test('has attempts of its own, with its own threshold and a longer one-time password', async () => {
      expect(await status()).toEqual({
        complete: false,
        otp: '',
        otp_length: 33,
        progress: 0,
        required: 2,
        started: false,
      });
      await asRoot('PUT', `${WAY}/attempt`, 'own');
      expect(await status()).toMatchObject({ started: true });
      expect((await asRoot('GET', `${WAY}/attempt`)).json.data).toMatchObject({
        started: false,
        required: 3,
      });
      const byPath = await asRoot('GET', `own/${WAY}/attempt`);
      expect(byPath.json.data).toMatchObject({ started: true, otp_length: 33 });
    });

    test('gets a root token that is root there, and sees and revokes itself from everywhere', async () => {
      const token = await made();
      const { id, uuid } = (await asRoot('GET', 'sys/namespaces/own')).json.data;
      expect(token).toMatch(/^s\.[0-9A-Za-z]{24}\.[0-9A-Za-z]{6}$/);
      expect(token.endsWith(`.${id}`)).toBe(true);
      const own = { token, headers: { 'X-Vault-Namespace': 'own' } };
      const self = await call(server(), 'GET', 'auth/token/lookup-self', { token });
      expect(self.json.data).toEqual({
        accessor: expect.stringMatching(new RegExp(`^[0-9A-Za-z]{24}\\.${id}$`)),
        creation_time: expect.any(Number),
        creation_ttl: 0,
        display_name: `${id}_root`,
        entity_id: '',
        expire_time: null,
        explicit_max_ttl: 0,
        id: token,
        meta: null,
        namespace_path: 'own/',
        num_uses: 0,
        orphan: true,
        path: `namespaces/${uuid}/auth/token/root`,
        policies: ['root'],
        ttl: 0,
        type: 'service',
      });
      expect((await call(server(), 'GET', 'auth/token/lookup-self', own)).json.data).toEqual(self.json.data);
      expect((await call(server(), 'GET', `${WAY}/attempt`, own)).status).toBe(200);
      expect(refusal(await call(server(), 'GET', `${WAY}/attempt`, { token }))).toEqual([
        403,
        '1 error occurred:\n\t* permission denied\n\n',
      ]);
      expect((await call(server(), 'PUT', 'auth/token/revoke-self', { token })).status).toBe(204);
      expect(refusal(await call(server(), 'GET', 'auth/token/lookup-self', { token }))).toEqual([
        403,
        'permission denied',
      ]);
    });

    test('gets root tokens that make children without policies or with root only', async () => {
      const own = { token: await made(), headers: { 'X-Vault-Namespace': 'own' } };
      const create = (body: object) => call(server(), 'POST', 'auth/token/create', { ...own, body });
      expect(refusal(await create({ policies: ['default'], ttl: '60s' }))).toEqual([
        400,
        'child policies must be subset of parent',
      ]);
      for (const body of [{ ttl: '60s' }, { ttl: '60s', policies: ['root'] }]) {
        expect((await create(body)).json.auth).toMatchObject({ policies: ['root'], lease_duration: 60 });
      }
    });

    test('knows the accessors of its own tokens only, and nobody else does', async () => {
      const { accessor } = (
        await asRoot('POST', 'auth/token/create', 'own', { policies: ['default'], ttl: '60s' })
      ).json.auth;
      const listed = async (namespace: string) =>
        (await asRoot('GET', 'auth/token/accessors?list=true', namespace)).json.data.keys;
      expect(await listed('own')).toContain(accessor);
      expect(await listed('')).not.toContain(accessor);
      const different = [500, '1 error occurred:\n\t* cannot lookup token in different namespace\n\n'];
      for (const path of ['auth/token/lookup-accessor', 'auth/token/revoke-accessor']) {
        expect(refusal(await asRoot('POST', path, '', { accessor })), path).toEqual(different);
      }
      expect(
        (await asRoot('POST', 'auth/token/lookup-accessor', 'own', { accessor })).json.data,
      ).toMatchObject({ path: 'auth/token/create', namespace_path: 'own/', display_name: 'token' });
      expect((await asRoot('POST', 'auth/token/revoke-accessor', 'own', { accessor })).status).toBe(204);
    });

    test('has none of what is the whole server’s, whether it exists or not', async () => {
      for (const namespace of ['own', 'plain', 'nowhere']) {
        for (const path of ['sys/health', 'sys/init']) {
          expect(refusal(await asRoot('GET', path, namespace)), path).toEqual(UNAVAILABLE);
        }
        for (const path of ['sys/seal-status', 'sys/leader']) {
          expect((await asRoot('GET', path, namespace)).status, path).toBe(200);
        }
      }
    });

    test('that does not exist is called so, also to whom has no token', async () => {
      for (const path of [`${WAY}/attempt`, 'auth/token/lookup-self']) {
        const headers = { 'X-Vault-Namespace': 'nowhere' };
        expect(refusal(await asRoot('GET', path, 'nowhere'))).toEqual([404, 'namespace not found']);
        expect(refusal(await call(server(), 'GET', path, { headers }))).toEqual([404, 'namespace not found']);
      }
    });
  });
}

/** The shares of the namespace `own`, which only the answer to its making told, by the server's address. */
const sharesOf = new Map<string, readonly string[]>();

/** Makes the two namespaces, once, and sees to it that `own` is open and has no attempt. */
async function prepared(server: Server): Promise<void> {
  const root = { token: server.rootToken };
  if (!sharesOf.has(server.address)) {
    await call(server, 'PUT', 'sys/namespaces/plain', root);
    const made = await call(server, 'PUT', 'sys/namespaces/own', { ...root, body: { seal: STANZA } });
    expect(made.json.data).toMatchObject({ key_threshold: 2, path: 'own/' });
    sharesOf.set(server.address, made.json.data.key_shares);
  }
  for (const key of sharesOf.get(server.address) ?? []) {
    await call(server, 'PUT', 'sys/namespaces/own/unseal', { ...root, body: { key } });
  }
  const headers = { 'X-Vault-Namespace': 'own' };
  await call(server, 'DELETE', `${WAY}/attempt`, { ...root, headers });
}
