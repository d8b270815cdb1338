import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { expect, test } from 'vitest';
import { describeReal, REAL_START_MS } from './describe-real';
import { startRealVault } from './real-vault';

describeReal('the real server', () => {
  test(
    'starts unsealed, with as many shares as asked for',
    async () => {
      const vault = await startRealVault({ shares: 2, threshold: 2 });
      try {
        expect(vault.shares).toHaveLength(2);
        const status = await fetch(`${vault.address}/v1/sys/seal-status`);
        expect(await status.json()).toMatchObject({ sealed: false, t: 2, n: 2 });
      } finally {
        await vault.close();
      }
      await expect(fetch(vault.address)).rejects.toThrow();
    },
    REAL_START_MS,
  );

  test(
    'serves TLS that its CA file proves',
    async () => {
      const vault = await startRealVault({ tls: true });
      try {
        const ca = await readFile(vault.caFile ?? '');
        const status = await new Promise((resolve, reject) => {
          request(`${vault.address}/v1/sys/health`, { ca }, (response) => resolve(response.statusCode))
            .on('error', reject)
            .end();
        });
        expect(status).toBe(200);
        await expect(fetch(`${vault.address}/v1/sys/health`)).rejects.toThrow();
      } finally {
        await vault.close();
      }
    },
    REAL_START_MS,
  );
});
