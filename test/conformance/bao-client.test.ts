import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as openpgp from 'openpgp';
import { afterAll, describe, expect, test } from 'vitest';
import type { ApiName } from '../../main/rehearsal/generation';
import { startRehearsalServer } from '../../main/rehearsal/server';
import { startOpenBao } from '../real/openbao';
import { whyNoOpenBao } from '../real/openbao-program';
import { startInRecoveryMode } from '../real/openbao-recovery';
import { call, type Server, spoiled } from './api';
import { BaoClient } from './bao-client';
import { field, legacy, makeKey } from './pgp-key';

const TIMEOUT_MS = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'airlock-bao-client-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The key that `bao` reads from a file, in base64, as its users write it. */
const key = await makeKey(legacy);
const keyFile = join(folder, 'officer.b64');
writeFileSync(keyFile, field(key.toPublic().write()));

const rehearsed = (api: ApiName): Promise<Server> =>
  startRehearsalServer({
    listen: '127.0.0.1:0',
    shares: 5,
    threshold: 3,
    api,
    clusterName: 'vault-cluster-0',
  });

/** Where that OpenBao can't be had the tests are skipped, and in CI they fail. */
function describeHere(name: string, body: () => void): void {
  if (missing === null) describe(name, body);
  else if (process.env['CI']) test(name, () => expect.fail(`CI must have that OpenBao. ${missing}`));
  else describe.skip(`${name} (skipped: ${missing})`, body);
}

/** A script of what people type, on a server of each kind; what was printed is compared. */
async function expectSame(
  servers: readonly Promise<Server>[],
  script: (bao: BaoClient) => Promise<void>,
): Promise<void> {
  const [ours = [], theirs = []] = await Promise.all(
    servers.map(async (starting) => {
      const server = await starting;
      const bao = new BaoClient(server);
      try {
        await script(bao);
        return bao.transcript();
      } finally {
        bao.end();
        await server.close();
      }
    }),
  );
  expect(ours.length).toBeGreaterThan(0);
  expect(ours).toEqual(theirs);
}

const root = (...more: string[]) => ['operator', 'generate-root', ...more];

/** Gives the shares of those numbers; what the last one printed. */
async function give(bao: BaoClient, nonce: string, numbers: readonly number[], flags: string[] = []) {
  let printed = await bao.type(['version']);
  for (const number of numbers) {
    const share = bao.server.shares[number] ?? '';
    printed = await bao.type(root(...flags, '-nonce', nonce, share));
  }
  return printed;
}

/** The whole way by a one-time password: all steps, and the mistakes on the way. */
async function byOtp(bao: BaoClient, flags: string[] = []): Promise<string> {
  await bao.type(root(...flags, '-status'), '');
  await bao.type(root(...flags, '-status'));
  await bao.type(root(...flags, '-status', '-format=json'));
  await bao.type(root(...flags, '-init', '-otp', 'short'));
  await bao.type(root(...flags, '-init'));
  await bao.type(root(...flags, '-init'));
  await bao.type(root(...flags, '-cancel'));
  await bao.type(root(...flags, '-cancel'));
  const { stdout: otp } = await bao.type(root(...flags, '-generate-otp'));
  bao.printed.pop();
  const begun = await bao.type(root(...flags, '-init', '-otp', otp.trim()));
  const nonce = BaoClient.valueOf(begun, 'Nonce');
  await bao.type(root(...flags, '-nonce', 'wrong', bao.server.shares[0] ?? ''));
  await give(bao, nonce, [0, 0], flags);
  await bao.type(root(...flags, '-status'));
  await bao.type(root(...flags, '-status', '-format=json'));
  await bao.type(root(...flags, '-nonce', nonce, spoiled(bao.server.shares[1], 1)));
  // The third is wrong together with the second: all begin again.
  await give(bao, nonce, [2], flags);
  const done = await give(bao, nonce, [4, 3, 2], flags);
  const encoded = BaoClient.valueOf(done, 'Encoded Token');
  const decoded = await bao.type(root(...flags, '-decode', encoded, '-otp', otp.trim()));
  await bao.type(root(...flags, '-status'));
  return decoded.stdout.trim();
}

/** Every way to look a token up and to revoke it, and what is said of one that is no more. */
async function lookedUpAndRevoked(bao: BaoClient, token: string): Promise<void> {
  await bao.type(['token', 'lookup', token]);
  await bao.type(['token', 'lookup'], token);
  await bao.type(['token', 'lookup', '-format=json', token]);
  const { json } = await call(bao.server, 'GET', 'auth/token/lookup-self', { token });
  const { accessor } = json.data;
  await bao.type(['token', 'lookup', '-accessor', accessor]);
  await bao.type(['token', 'revoke', '-accessor', accessor]);
  await bao.type(['token', 'revoke', '-accessor', accessor]);
  await bao.type(['token', 'lookup', '-accessor', accessor]);
  await bao.type(['token', 'lookup', token]);
  await bao.type(['token', 'lookup'], token);
  await bao.type(['token', 'revoke', token]);
}

const VERSION = '2.7.2';
const missing = await whyNoOpenBao(VERSION);

describeHere('OpenBao’s own command line prints the same at the rehearsal server and at a real one', () => {
  const servers = (api: ApiName, listener = {}) => [
    rehearsed(api),
    startOpenBao(VERSION, { shares: 5, threshold: 3, listener }).then((bao) => ({ ...bao, otpLength: 26 })),
  ];

  test(
    'status',
    () =>
      expectSame(servers('openbao'), async (bao) => {
        await bao.type(['status']);
        await bao.type(['status', '-format=json']);
      }),
    TIMEOUT_MS,
  );

  test(
    'generate-root by a one-time password, with every mistake on the way, then lookup and revoke',
    () =>
      expectSame(servers('openbao'), async (bao) => {
        const token = await byOtp(bao);
        expect(token).toMatch(/^s\.[0-9A-Za-z]{24}$/);
        await lookedUpAndRevoked(bao, token);
      }),
    TIMEOUT_MS,
  );

  test(
    'generate-root by a PGP key, then revoke by name and by itself',
    () =>
      expectSame(
        servers('openbao-open', { disable_unauthed_generate_root_endpoints: false }),
        async (bao) => {
          const begun = await bao.type(root('-init', '-pgp-key', keyFile));
          const nonce = BaoClient.valueOf(begun, 'Nonce');
          await bao.type(root('-status'));
          const done = await give(bao, nonce, [1, 3, 4]);
          const message = await openpgp.readMessage({
            binaryMessage: Buffer.from(BaoClient.valueOf(done, 'Encoded Token'), 'base64'),
          });
          const { data } = await openpgp.decrypt({ message, decryptionKeys: key, format: 'utf8' });
          const token = String(data);
          await bao.type(['token', 'lookup', token]);
          await bao.type(['token', 'revoke', token]);
          await bao.type(['token', 'lookup', token]);
          await bao.type(['token', 'revoke', '-self']);
          await bao.type(['token', 'lookup']);
        },
      ),
    TIMEOUT_MS,
  );

  test(
    'generate-root in recovery mode, and status there',
    () =>
      expectSame(
        [rehearsed('recovery'), startInRecoveryMode(VERSION).then((bao) => ({ ...bao, otpLength: 28 }))],
        async (bao) => {
          await bao.type(['status']);
          const token = await byOtp(bao, ['-recovery-token']);
          expect(token).toMatch(/^hvr\.[0-9A-Za-z]{24}$/);
          await bao.type(root('-recovery-token', '-init'));
          await bao.type(['token', 'lookup'], token);
          await bao.type(root('-status'));
        },
      ),
    TIMEOUT_MS,
  );

  test(
    'namespaces made, listed and deleted, and generate-root in one with a seal of its own',
    () =>
      expectSame(servers('openbao'), async (bao) => {
        await bao.type(['namespace', 'list']);
        await bao.type(['namespace', 'create', 'plain']);
        const made = await bao.type(['namespace', 'create', '-key-shares=3', '-key-threshold=2', 'own']);
        await bao.type(['namespace', 'list']);
        await bao.type(['namespace', 'list', '-detailed']);
        await bao.type(['namespace', 'lookup', 'own']);
        await bao.type(['namespace', 'lookup', 'nowhere']);
        await bao.type(root('-namespace=plain', '-status'));
        await bao.type(root('-namespace=nowhere', '-status'));
        await bao.type(root('-namespace=own', '-status'));
        const shares = [...made.stdout.matchAll(/^Unseal Key \d: ([0-9a-f]{66})$/gm)].map(
          ([, share]) => share,
        );
        expect(shares).toHaveLength(3);
        for (const share of shares.slice(1)) await bao.type(['namespace', 'unseal', 'own', share ?? '']);
        const begun = await bao.type(root('-namespace=own', '-init'));
        const [nonce, otp] = [BaoClient.valueOf(begun, 'Nonce'), BaoClient.valueOf(begun, 'OTP')];
        await bao.type(root('-status'));
        await bao.type(root('-namespace=own', '-nonce', nonce, shares[0] ?? ''));
        const done = await bao.type(root('-namespace=own', '-nonce', nonce, shares[2] ?? ''));
        const encoded = BaoClient.valueOf(done, 'Encoded Token');
        const token = (await bao.type(root('-decode', encoded, '-otp', otp))).stdout.trim();
        expect(token).toMatch(/^s\.[0-9A-Za-z]{24}\.[0-9A-Za-z]{6}$/);
        await bao.type(['token', 'lookup'], token);
        await bao.type(['token', 'lookup', '-namespace=own', token]);
        await bao.type(['token', 'revoke', '-self'], token);
        await bao.type(['token', 'lookup'], token);
        await bao.type(['namespace', 'delete', 'plain']);
      }),
    TIMEOUT_MS,
  );
});
