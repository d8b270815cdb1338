import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBase64 } from '../../shared/bytes';
import { checkKeyForServer } from '../../shared/openpgp/public-key';
import { serverKeyVectors } from '../vectors/read';
import { describeReal, REAL_START_MS } from './describe-real';
import { type RealVault, startRealVault } from './real-vault';

/** Servers take it; Airlock's messages have no room for its fingerprint, and the refusal says so. */
const notOurs: readonly string[] = ['version 6'];

describeReal('a PGP key is accepted here if and only if a real server encrypts the token to it', () => {
  let vault: RealVault;
  let version = '';
  beforeAll(async () => {
    vault = await startRealVault({ shares: 1, threshold: 1 });
    version = String((await call('GET', 'sys/health')).json['version']);
  }, REAL_START_MS);
  afterAll(() => vault.close());

  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${vault.address}/v1/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      ok: answer.ok,
      json: JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>,
    };
  };

  /** What the server does with the key, up to the last share. It breaks the connection where it panics. */
  async function serverTakes(pgpKey: string): Promise<boolean> {
    try {
      const begun = await call('PUT', 'sys/generate-root/attempt', { pgp_key: pgpKey });
      if (!begun.ok) return false;
      const [key] = vault.shares;
      const last = await call('PUT', 'sys/generate-root/update', { key, nonce: begun.json['nonce'] });
      return last.ok && String(last.json['encoded_token']).length > 100;
    } catch {
      return false;
    } finally {
      await call('DELETE', 'sys/generate-root/attempt');
    }
  }

  test.each(serverKeyVectors.vectors)('$name', async ({ name, publicKey }) => {
    const takes = await serverTakes(publicKey);
    const accepted = await checkKeyForServer(fromBase64(publicKey), new Date(), version).then(
      () => true,
      () => false,
    );
    expect({ takes, accepted }).toEqual({ takes, accepted: takes && !notOurs.includes(name) });
  });
});
