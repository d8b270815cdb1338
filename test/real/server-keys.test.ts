import { enums, generateKey } from 'openpgp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBase64, toBase64, toHex } from '../../shared/bytes';
import { keyPairOf } from '../../shared/openpgp/key-pair';
import { checkKeyForServer } from '../../shared/openpgp/public-key';
import { openPgpToken } from '../../shared/token/pgp-token';
import { serverKeyVectors } from '../vectors/read';
import { describeReal, REAL_START_MS } from './describe-real';
import { type RealVault, startRealVault } from './real-vault';

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

  /** The token that the server encrypts to the key; null where it doesn't come so far. */
  async function encryptedTo(pgpKey: string): Promise<string | null> {
    try {
      const begun = await call('PUT', 'sys/generate-root/attempt', { pgp_key: pgpKey });
      if (!begun.ok) return null;
      const [key] = vault.shares;
      const last = await call('PUT', 'sys/generate-root/update', { key, nonce: begun.json['nonce'] });
      return last.ok ? String(last.json['encoded_token']) : null;
    } catch {
      // The server breaks the connection where it panics.
      return null;
    } finally {
      await call('DELETE', 'sys/generate-root/attempt');
    }
  }

  test.each(serverKeyVectors.vectors)('$name', async ({ publicKey }) => {
    const takes = ((await encryptedTo(publicKey)) ?? '').length > 100;
    const accepted = await checkKeyForServer(fromBase64(publicKey), new Date(), version).then(
      () => true,
      () => false,
    );
    expect({ takes, accepted }).toEqual({ takes, accepted: takes });
  });

  test('a locked key of version 6 opens the token that a server encrypted to it', async () => {
    const made = await generateKey({
      userIDs: [{ name: 'Officer' }],
      passphrase: 'a passphrase of the test',
      format: 'armored',
      config: { v6Keys: true, aeadProtect: true, s2kType: enums.s2k.argon2 },
    });
    const pair = await keyPairOf(made.privateKey, 'a passphrase of the test');
    await checkKeyForServer(pair.publicKey, new Date(), version);
    const field = toBase64(pair.publicKey);
    const begun = await call('PUT', 'sys/generate-root/attempt', { pgp_key: field });
    expect(begun.json['pgp_fingerprint']).toBe(toHex(pair.fingerprint));
    await call('DELETE', 'sys/generate-root/attempt');
    const encoded = await encryptedTo(field);
    const token = await openPgpToken(encoded ?? '', pair.privateKey);
    expect(token.format).toBe('hvs');
  });
});
