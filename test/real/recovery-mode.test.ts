import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rehearse } from '../../main/cli/rehearse/rehearsal';
import { OnlineStation } from '../../main/online/online-station';
import { toHex } from '../../shared/bytes';
import { openPgpToken } from '../../shared/token/pgp-token';
import { newStage, shareMessage, startMessage } from '../main/online/stage';
import { REAL_START_MS } from './describe-real';
import { describeOpenBao, startOpenBao } from './openbao';

const folder = mkdtempSync(join(tmpdir(), 'airlock-recovery-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

await describeOpenBao('recovery mode', (version) => {
  test(
    'makes a recovery token by a plan that names it, and the server that runs as usual again proves that it is dead',
    async () => {
      const port = version === '2.6.2' ? 28_471 : 28_473;
      const config = {
        storage: { raft: { path: mkdtempSync(join(folder, 'raft-')), node_id: 'one' } },
        cluster_addr: `http://127.0.0.1:${port + 1}`,
      };
      const usual = await startOpenBao(version, { config, port });
      await usual.close();

      let bao = await startOpenBao(version, { config, port, before: 'recovery' });
      try {
        const stage = await newStage({ address: bao.address });
        const [{ home, identity }] = stage.operators;
        const station = new OnlineStation({ home, identity, server: { address: bao.address } });
        const { facts, message } = await station.status();
        expect(facts).toMatchObject({ tokenKind: 'recovery', threshold: 2, otpLength: 28 });
        await expect(station.start(await startMessage(stage, message))).rejects.toMatchObject({
          code: 'token-kind',
        });
        const plan = await startMessage(stage, message, { tokenKind: 'recovery' });
        const attempt = await station.start(plan);
        let result: Awaited<ReturnType<typeof station.submit>>['result'] = null;
        for (const [i, share] of usual.shares.slice(0, 2).entries()) {
          const custodian = stage.custodians[i] ?? stage.officer;
          const given = await shareMessage(stage, custodian, attempt.message, share);
          result = (await station.submit(given)).result;
        }
        const encoded = result?.envelope.body.encodedToken ?? '';
        await expect(openPgpToken(encoded, stage.key.privateKey)).rejects.toMatchObject({ code: 'prefix' });
        const token = await openPgpToken(encoded, stage.key.privateKey, 'recovery');
        expect(token).toMatchObject({ format: 'recovery', prefix: 'hvr.' });
        const raw = await bao.call('GET', 'sys/raw/core?list=true', {
          token: Buffer.from(token.bytes).toString(),
        });
        expect(raw.status).toBe(200);
        const ceremony = toHex(stage.ceremony);
        await expect(station.proveEnded({ ceremony })).rejects.toMatchObject({ code: 'recovery-mode' });

        await bao.close();
        bao = await startOpenBao(version, { config, port, before: usual });
        expect(await station.proveEnded({ ceremony })).toMatchObject({ by: 'restart' });
      } finally {
        await bao.close();
      }
    },
    REAL_START_MS,
  );

  test(
    'is rehearsed to its end: the rehearsal waits for the server that somebody starts as usual',
    async () => {
      const port = version === '2.6.2' ? 28_475 : 28_477;
      const config = {
        storage: { raft: { path: mkdtempSync(join(folder, 'raft-')), node_id: 'one' } },
        cluster_addr: `http://127.0.0.1:${port + 1}`,
      };
      const usual = await startOpenBao(version, { config, port });
      await usual.close();
      let bao = await startOpenBao(version, { config, port, before: 'recovery' });
      let again: Promise<unknown> = Promise.resolve();
      try {
        const { token, revoked, verification } = await rehearse({
          method: 'pgp',
          kind: 'recovery',
          out: join(folder, `out-${version}`),
          existing: { server: { address: bao.address }, shares: usual.shares },
          shares: 3,
          threshold: 2,
          version: '0.0.0',
          clock: () => new Date(),
          say: (title) => {
            if (title !== 'Waiting for the server') return;
            again = bao.close().then(async () => {
              bao = await startOpenBao(version, { config, port, before: usual });
            });
          },
        });
        expect([token.format, revoked.by]).toEqual(['recovery', 'restart']);
        expect(verification).toMatchObject({ verdict: 'proven', findings: [] });
      } finally {
        await again;
        await bao.close();
      }
    },
    REAL_START_MS,
  );
});
