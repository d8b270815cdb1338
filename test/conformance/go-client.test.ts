import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import * as openpgp from 'openpgp';
import { describe, expect, test } from 'vitest';
import { startRehearsalServer } from '../../main/rehearsal/server';
import { asciiText } from '../../shared/bytes';
import { decodeToken } from '../../shared/token/encoded-token';
import { parseOtp } from '../../shared/token/otp';
import { describeVault121, REAL_START_MS } from '../real/describe-real';
import { buildGoProgram, whyNoGo } from '../real/go-program';
import { startRealVault } from '../real/real-vault';
import { call, fixedOtp, type Json, type Server, spoiled } from './api';
import type { Start } from './suite-server';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../real/client');
const missing = await whyNoGo();

/** What the program under `test/real/client` reports of a server. */
async function report(server: Server, pgpKey: string): Promise<Json> {
  const program = await buildGoProgram(folder, 'go-client');
  // Without this process's VAULT_ variables, which the client would follow.
  const child = spawn(program, [], { env: { PATH: process.env['PATH'] } });
  child.stdin.end(
    JSON.stringify({
      address: server.address,
      shares: server.shares.slice(1, 1 + server.threshold),
      wrong: spoiled(server.shares[0]),
      otp: fixedOtp(server),
      pgpKey,
      rootToken: server.rootToken,
    }),
  );
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(complaints).toBe('');
  return JSON.parse(output);
}

function goClientTest(start: Start): void {
  test(
    'goes through both kinds of ceremony, and every kind of refusal',
    async () => {
      const server = await start();
      try {
        await expectCeremonies(server);
      } finally {
        await server.close();
      }
    },
    REAL_START_MS,
  );
}

async function expectCeremonies(server: Server): Promise<void> {
  const { privateKey } = await openpgp.generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'go client' }],
    date: new Date(Date.now() - 24 * 60 * 60 * 1000),
    format: 'object',
  });
  const { health, sealStatus, before, otp, pgp, cancelled, errors, token } = await report(
    server,
    Buffer.from(privateKey.toPublic().write()).toString('base64'),
  );
  expect(health).toMatchObject({ initialized: true, sealed: false, version: '1.21.4' });
  expect(sealStatus).toMatchObject({ type: 'shamir', t: 3, n: 5, cluster_name: health.cluster_name });
  expect(before).toMatchObject({ started: false, required: 3, otp_length: 28 });

  const progress = (answers: Json[]) => answers.map((answer) => [answer.progress, answer.complete]);
  const steps = [
    [0, false],
    [1, false],
    [2, false],
    [3, true],
  ];
  expect(progress(otp)).toEqual(steps);
  const byOtp = asciiText(decodeToken(otp.at(-1).encoded_token, parseOtp(fixedOtp(server))).bytes);
  expect(progress(pgp)).toEqual(steps);
  expect(new Set(pgp.map((answer: Json) => answer.pgp_fingerprint))).toEqual(
    new Set([privateKey.getFingerprint()]),
  );
  const message = await openpgp.readMessage({
    binaryMessage: Buffer.from(pgp.at(-1).encoded_token, 'base64'),
  });
  const { data: byPgp } = await openpgp.decrypt({ message, decryptionKeys: privateKey });
  for (const made of [byOtp, String(byPgp)]) {
    const { json } = await call(server, 'GET', 'auth/token/lookup-self', { token: made });
    expect(json.data).toMatchObject({ id: made, policies: ['root'] });
  }
  expect(cancelled).toMatchObject({ started: false, nonce: '' });
  expect(errors).toEqual({
    'no attempt': { status: 400, errors: ['no root generation in progress'] },
    'wrong length': { status: 400, errors: ['OTP string is wrong length'] },
    'second attempt': { status: 400, errors: ['root generation already in progress'] },
    'wrong share': { status: 400, errors: [expect.stringContaining('message authentication failed')] },
    'no token': { status: 403, errors: ['permission denied'] },
    'revoked accessor': { status: 400, errors: ['1 error occurred:\n\t* invalid accessor\n\n'] },
    'revoked token': {
      status: 403,
      errors: ['2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n'],
    },
  });
  expect(token).toMatchObject({
    created: { policies: ['root'], lease: 3600, renewable: true },
    self: { display_name: 'token-by-the-Go-client', meta: { purpose: 'test' }, orphan: false },
    accessor: { id: '', policies: ['root'] },
    listed: true,
  });
}

const name = 'Vault’s own Go client with the rehearsal server';
describe.skipIf(missing !== null && !process.env['CI'])(
  missing === null ? name : `${name} (skipped: ${missing})`,
  () => {
    goClientTest(() =>
      startRehearsalServer({ listen: '127.0.0.1:0', shares: 5, threshold: 3, tokenFormat: 'hvs' }),
    );
  },
);

describeVault121('Vault’s own Go client with a real Vault', () => {
  goClientTest(() => startRealVault());
});
