import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ServerClient } from '../../main/online/server/client';
import { surveyServer } from '../../main/online/server/facts';
import { describeReal, REAL_START_MS } from './describe-real';
import { describeOpenBao, startOpenBao } from './openbao';
import { startRealVault } from './real-vault';

const folder = mkdtempSync(join(tmpdir(), 'airlock-recovery-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

await describeOpenBao('a server that unseals itself', (version) => {
  test(
    'wants its recovery keys, and says so; one that is unsealed by hand wants its unseal key shares',
    async () => {
      const key = join(folder, `key-${version}`);
      writeFileSync(key, randomBytes(32));
      const seal = { static: { current_key_id: 'one', current_key: `file://${key}` } };
      for (const [config, shareKind] of [
        [{ seal }, 'recovery'],
        [{}, 'unseal'],
      ] as const) {
        const bao = await startOpenBao(version, { config });
        try {
          const client = new ServerClient({ address: bao.address, token: bao.rootToken });
          expect((await surveyServer(client)).facts.server.shareKind).toBe(shareKind);
        } finally {
          await bao.close();
        }
      }
    },
    REAL_START_MS,
  );
});

describeReal('Vault’s community edition', () => {
  test(
    'ignores a namespace, and is named for that before anything is sent',
    async () => {
      const vault = await startRealVault({ shares: 1, threshold: 1 });
      try {
        const client = new ServerClient({ address: vault.address, namespace: 'team' });
        await expect(surveyServer(client)).rejects.toMatchObject({ code: 'namespace-ignored' });
      } finally {
        await vault.close();
      }
    },
    REAL_START_MS,
  );
});
