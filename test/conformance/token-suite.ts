import { describe, expect, test } from 'vitest';
import { type Answer, call, type Json, refusal } from './api';
import { type Start, suiteServer } from './suite-server';

const SELF = 'auth/token/lookup-self';
const CREATE = 'auth/token/create';

const UNKNOWN_TOKEN = [403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n'];
const NOT_ALLOWED = [403, '1 error occurred:\n\t* permission denied\n\n'];
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

/** The envelope around what the token store answers. */
const envelope = (parts: object) => ({
  request_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  lease_id: '',
  renewable: false,
  lease_duration: 0,
  data: null,
  wrap_info: null,
  warnings: null,
  auth: null,
  mount_type: 'token',
  ...parts,
});

const rootData = (id: unknown) => ({
  accessor: expect.stringMatching(/^[0-9A-Za-z]{24}$/),
  creation_time: expect.any(Number),
  creation_ttl: 0,
  display_name: 'root',
  entity_id: '',
  expire_time: null,
  explicit_max_ttl: 0,
  id,
  meta: null,
  num_uses: 0,
  orphan: true,
  path: 'auth/token/root',
  policies: ['root'],
  ttl: 0,
  type: 'service',
});

const rootAuth = {
  client_token: expect.stringMatching(/^hvs\.[0-9A-Za-z]{24}$/),
  accessor: expect.stringMatching(/^[0-9A-Za-z]{24}$/),
  policies: ['root'],
  token_policies: ['root'],
  metadata: null,
  lease_duration: 0,
  renewable: false,
  entity_id: '',
  token_type: 'service',
  orphan: false,
  mfa_requirement: null,
  num_uses: 0,
};

export function tokenSuite(start: Start): void {
  describe('a token', () => {
    const server = suiteServer(start);
    const asRoot = (method: string, path: string, body?: unknown): Promise<Answer> =>
      call(server(), method, path, { token: server().rootToken, ...(body === undefined ? {} : { body }) });
    const create = async (body: object): Promise<Json> => (await asRoot('POST', CREATE, body)).json.auth;
    const lookup = (token: string): Promise<Answer> => call(server(), 'GET', SELF, { token });

    test('looks itself up', async () => {
      const { json, status } = await lookup(server().rootToken);
      expect(status).toBe(200);
      expect(json).toEqual(envelope({ data: rootData(server().rootToken) }));
      expect((await asRoot('POST', SELF)).json.data).toEqual(json.data);
      expect((await asRoot('POST', SELF, { token: 'another' })).json.data).toEqual(json.data);
      const bearer = { Authorization: `Bearer ${server().rootToken}` };
      expect((await call(server(), 'GET', SELF, { headers: bearer })).json.data).toEqual(json.data);
    });

    test('is looked up by its accessor, without being named', async () => {
      const { accessor } = (await lookup(server().rootToken)).json.data;
      const { json } = await asRoot('POST', 'auth/token/lookup-accessor', { accessor });
      expect(json).toEqual(envelope({ data: rootData('') }));
    });

    test('must be one', async () => {
      for (const [method, path] of [
        ['GET', SELF],
        ['POST', 'auth/token/lookup-accessor'],
        ['POST', 'auth/token/revoke-self'],
        ['POST', 'auth/token/revoke-accessor'],
        ['POST', CREATE],
        ['GET', 'sys/nowhere'],
        ['GET', 'nowhere'],
        ['GET', 'sys/generate-root/attempt/'],
      ] as const) {
        expect(refusal(await call(server(), method, path)), path).toEqual([403, 'permission denied']);
        expect(refusal(await call(server(), method, path, { token: 'nonsense' })), path).toEqual(
          UNKNOWN_TOKEN,
        );
      }
    });

    test('made by root is root', async () => {
      const { json } = await asRoot('POST', CREATE);
      expect(json).toEqual(envelope({ auth: rootAuth }));
      expect((await lookup(json.auth.client_token)).json.data).toEqual({
        ...rootData(json.auth.client_token),
        display_name: 'token',
        orphan: false,
        path: CREATE,
        issue_time: TIME,
        renewable: false,
      });
    });

    test('gets the life, name and purpose that it is made with', async () => {
      const auth = await create({
        ttl: '1h',
        display_name: 'a b@c!',
        meta: { ticket: 17, purpose: 'test' },
        no_parent: true,
        renewable: false,
      });
      expect(auth).toEqual({
        ...rootAuth,
        lease_duration: 3600,
        orphan: true,
        metadata: { ticket: '17', purpose: 'test' },
      });
      const { data } = (await lookup(auth.client_token)).json;
      expect(data).toEqual({
        ...rootData(auth.client_token),
        creation_ttl: 3600,
        display_name: 'token-a-b-c',
        expire_time: TIME,
        issue_time: TIME,
        meta: { ticket: '17', purpose: 'test' },
        path: CREATE,
        renewable: false,
        ttl: expect.any(Number),
      });
      expect(Math.abs(data.ttl - 3600)).toBeLessThan(3);
    });

    test.each<[string, object, number, string[] | null]>([
      ['seconds', { ttl: 90 }, 90, null],
      ['seconds as text', { ttl: '90' }, 90, null],
      ['Go’s way', { ttl: '1h30m' }, 5400, null],
      ['days', { ttl: '2d' }, 172_800, null],
      ['the old name', { lease: '1h' }, 3600, null],
      ['a period', { ttl: '90s', period: '10m' }, 600, null],
      ['a limit', { explicit_max_ttl: '1h' }, 3600, null],
      [
        'a limit that is lower',
        { ttl: '2h', explicit_max_ttl: '90m' },
        5400,
        ['TTL of "2h" exceeded the effective max_ttl of "1h30m"; TTL value is capped accordingly'],
      ],
      [
        'more than there is',
        { ttl: '9000h', policies: ['default'] },
        2_764_800,
        ['TTL of "9000h" exceeded the effective max_ttl of "768h"; TTL value is capped accordingly'],
      ],
      ['nothing, without root', { policies: ['default'] }, 2_764_800, null],
    ])('lives as long as told by %s', async (_, body, seconds, warnings) => {
      const { json } = await asRoot('POST', CREATE, body);
      expect(json.auth).toMatchObject({ lease_duration: seconds, renewable: true });
      expect(json.warnings).toEqual(warnings);
    });

    test.each<[object, string]>([
      [{ type: 'batch' }, 'batch tokens cannot be root tokens'],
      [{ type: 'batch', num_uses: 1 }, 'batch tokens cannot have "num_uses" set'],
      [{ id: 's.mine' }, "custom token ID cannot have the 's.' prefix"],
      [{ id: 'hvs.mine' }, "custom token ID cannot have the 'hvs.' prefix"],
      [{ id: 'mine.own' }, "custom token ID cannot have a '.' in the value"],
      [{ policies: ['response-wrapping'] }, 'cannot assign policy "response-wrapping"'],
      [{ entity_alias: 'me' }, "'entity_alias' is only allowed in combination with token role"],
    ])('is not made from %j', async (body, text) => {
      expect(refusal(await asRoot('POST', CREATE, body))).toEqual([400, text]);
    });

    test.each<[object]>([
      [{ ttl: 'soon' }],
      [{ ttl: '1.5' }],
      [{ ttl: '-1h' }],
      [{ period: '-1h' }],
      [{ explicit_max_ttl: '-1h' }],
      [{ num_uses: -1 }],
      [{ num_uses: 'x' }],
      [{ type: 'paper' }],
      [{ display_name: { a: [1] } }],
    ])('is not made from %j, whatever the words', async (body) => {
      const { status, json } = await asRoot('POST', CREATE, body);
      expect(status).toBe(400);
      expect(json.errors).toEqual([expect.stringMatching(/./)]);
    });

    test('is made from values that are all text, as “vault write” sends them', async () => {
      const auth = await create({
        policies: 'default',
        num_uses: '3',
        no_parent: 'true',
        renewable: 'false',
        ttl: '1h0m0s',
      });
      expect(auth).toMatchObject({
        policies: ['default'],
        num_uses: 3,
        orphan: true,
        renewable: false,
        lease_duration: 3600,
      });
    });

    test('gets policies in order, warned of those that are none', async () => {
      const { json } = await asRoot('POST', CREATE, {
        policies: ['Zeta', ' alpha ', 'zeta'],
        colour: 'red',
        age: 1,
      });
      expect(json.auth).toMatchObject({
        policies: ['alpha', 'default', 'zeta'],
        token_policies: ['alpha', 'default', 'zeta'],
        client_token: expect.stringMatching(/^hvs\.CAES[0-9A-Za-z_-]{87}$/),
      });
      expect(json.warnings).toEqual([
        'Policy "alpha" does not exist',
        'Policy "zeta" does not exist',
        'Endpoint ignored these unrecognized parameters: [age colour]',
      ]);
      const bare = await asRoot('POST', CREATE, { policies: ['alpha', 'default'], no_default_policy: true });
      expect(bare.json.auth.policies).toEqual(['alpha']);
    });

    test('may have a name of its own making, once', async () => {
      const { json } = await asRoot('POST', CREATE, { id: 'my-own' });
      expect(json.auth.client_token).toBe('my-own');
      expect(json.warnings).toHaveLength(1);
      expect(refusal(await asRoot('POST', CREATE, { id: 'my-own' }))).toEqual([
        400,
        'cannot create a token with a duplicate ID',
      ]);
    });

    test('of the default policy sees and revokes itself, and nothing more', async () => {
      const { client_token: token } = await create({ policies: ['default'] });
      expect((await lookup(token)).status).toBe(200);
      for (const [method, path] of [
        ['POST', SELF],
        ['POST', CREATE],
        ['POST', 'auth/token/lookup-accessor'],
        ['POST', 'auth/token/revoke-accessor'],
        ['GET', 'auth/token/accessors?list=true'],
        ['GET', 'sys/nowhere'],
      ] as const) {
        expect(refusal(await call(server(), method, path, { token })), path).toEqual(NOT_ALLOWED);
      }
      expect((await call(server(), 'POST', 'auth/token/revoke-self', { token })).status).toBe(204);
      expect(refusal(await lookup(token))).toEqual(UNKNOWN_TOKEN);
    });

    test('without the default policy does not even see itself', async () => {
      const { client_token: token } = await create({ policies: ['alpha'], no_default_policy: true });
      expect(refusal(await lookup(token))).toEqual(NOT_ALLOWED);
    });

    test('of so many uses can be used so often', async () => {
      const { client_token: token } = await create({ num_uses: 3 });
      expect((await lookup(token)).json.data.num_uses).toBe(2);
      expect(refusal(await call(server(), 'POST', CREATE, { token }))).toEqual([
        400,
        'restricted use token cannot generate child tokens',
      ]);
      expect((await lookup(token)).json.data.num_uses).toBe(-1);
      await expect.poll(async () => refusal(await lookup(token))).toEqual(UNKNOWN_TOKEN);
    });

    test('that will expire makes none that will not', async () => {
      const { client_token: token } = await create({ ttl: '1h' });
      expect(refusal(await call(server(), 'POST', CREATE, { token }))).toEqual([
        400,
        'expiring root tokens cannot create non-expiring root tokens',
      ]);
      expect(
        (await call(server(), 'POST', CREATE, { token, body: { ttl: '5h' } })).json.auth.lease_duration,
      ).toBe(18_000);
    });

    test('of the batch kind has no accessor', async () => {
      const auth = await create({ type: 'batch', policies: ['default'] });
      expect(auth).toMatchObject({
        client_token: expect.stringMatching(/^hvb\.[0-9A-Za-z_-]{100,}$/),
        accessor: '',
        token_type: 'batch',
        renewable: false,
      });
    });

    test('revokes itself, and whatever it made but orphans', async () => {
      const parent = await create({ ttl: '1h' });
      const token = parent.client_token;
      const child = (await call(server(), 'POST', CREATE, { token, body: { ttl: '1h' } })).json.auth;
      const orphan = (await call(server(), 'POST', CREATE, { token, body: { ttl: '1h', no_parent: true } }))
        .json.auth;
      expect(await call(server(), 'POST', 'auth/token/revoke-self', { token })).toMatchObject({
        status: 204,
        json: null,
      });
      expect(refusal(await lookup(token))).toEqual(UNKNOWN_TOKEN);
      expect(refusal(await lookup(child.client_token))).toEqual(UNKNOWN_TOKEN);
      expect((await lookup(orphan.client_token)).status).toBe(200);
      expect(
        refusal(await asRoot('POST', 'auth/token/lookup-accessor', { accessor: parent.accessor })),
      ).toEqual([400, '1 error occurred:\n\t* invalid accessor\n\n']);
    });

    test('is revoked by its accessor', async () => {
      const { accessor, client_token } = await create({ ttl: '1h' });
      const revoke = () => asRoot('POST', 'auth/token/revoke-accessor', { accessor });
      expect(await revoke()).toMatchObject({ status: 204, json: null });
      expect(refusal(await lookup(client_token))).toEqual(UNKNOWN_TOKEN);
      const again = await revoke();
      expect(again.status).toBe(200);
      expect(again.json).toEqual(envelope({ warnings: ['No token found with this accessor'] }));
    });

    test('is looked up and revoked by name', async () => {
      const { client_token: token } = await create({ ttl: '1h' });
      expect((await asRoot('POST', 'auth/token/lookup', { token })).json.data.id).toBe(token);
      expect((await asRoot('POST', 'auth/token/revoke', { token })).status).toBe(204);
      expect((await asRoot('POST', 'auth/token/revoke', { token })).status).toBe(204);
      expect(refusal(await asRoot('POST', 'auth/token/lookup', { token }))).toEqual([403, 'bad token']);
      expect(refusal(await asRoot('POST', 'auth/token/revoke', {}))).toEqual([400, 'missing token ID']);
    });

    test('is in the list of accessors as long as it lives', async () => {
      const { accessor } = await create({ ttl: '1h' });
      const listed = async () => (await asRoot('GET', 'auth/token/accessors?list=true')).json.data.keys;
      expect(await listed()).toContain(accessor);
      await asRoot('POST', 'auth/token/revoke-accessor', { accessor });
      expect(await listed()).not.toContain(accessor);
    });

    test.each(['lookup-accessor', 'revoke-accessor'])(
      'is not found by %s without an accessor',
      async (path) => {
        for (const body of [{}, { accessor: '' }, { accessor: null }]) {
          expect(refusal(await asRoot('POST', `auth/token/${path}`, body))).toEqual([
            400,
            '1 error occurred:\n\t* missing accessor\n\n',
          ]);
        }
      },
    );

    test('has operations that a path may lack', async () => {
      for (const [method, path] of [
        ['DELETE', SELF],
        ['DELETE', 'auth/token/revoke-self'],
        ['GET', 'auth/token/revoke-self'],
        ['GET', 'auth/token/lookup-accessor'],
        ['GET', CREATE],
      ] as const) {
        expect(refusal(await asRoot(method, path)), path).toEqual([
          405,
          '1 error occurred:\n\t* unsupported operation\n\n',
        ]);
      }
    });

    test('is told of paths that are none', async () => {
      const unsupported = [404, '1 error occurred:\n\t* unsupported path\n\n'];
      expect(refusal(await asRoot('GET', 'sys/nowhere'))).toEqual(unsupported);
      expect(refusal(await asRoot('GET', 'auth/token/nowhere'))).toEqual(unsupported);
      expect(refusal(await asRoot('GET', `${SELF}/`))).toEqual(unsupported);
      expect(refusal(await asRoot('GET', 'nowhere/at/all'))).toEqual([
        404,
        'no handler for route "nowhere/at/all". route entry not found.',
      ]);
    });

    test('is warned of parameters that a path does not know', async () => {
      const { accessor } = await create({});
      const { json } = await asRoot('POST', 'auth/token/lookup-accessor', { accessor, colour: 1 });
      expect(json.warnings).toEqual(['Endpoint ignored these unrecognized parameters: [colour]']);
    });
  });
}
