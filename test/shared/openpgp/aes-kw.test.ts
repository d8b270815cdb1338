import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asciiBytes, asciiText, fromBase64 } from '../../../shared/bytes';
import { type KeyImporter, refuseAesKw } from '../../../shared/openpgp/aes-kw';
import { decryptWithKey, encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { pgpKeys, tokenVectors } from '../../vectors/read';

const key = new Uint8Array(32).fill(7);

describe('the guard for Electron’s main process', () => {
  it('makes AES-KW an error that openpgp knows, in either spelling', async () => {
    const subtle = Object.create(webcrypto.subtle) as KeyImporter & {
      importKey: typeof webcrypto.subtle.importKey;
    };
    refuseAesKw(subtle);
    for (const algorithm of ['AES-KW', { name: 'aes-kw' }])
      await expect(subtle.importKey('raw', key, algorithm, false, ['wrapKey'])).rejects.toMatchObject({
        name: 'NotSupportedError',
      });
  });

  it('leaves other keys alone, and itself when called again', async () => {
    const seen: unknown[] = [];
    const subtle = {
      importKey(...args: unknown[]) {
        expect(this).toBe(subtle);
        seen.push(args);
        return Promise.resolve('key');
      },
    };
    refuseAesKw(subtle);
    const patched = subtle.importKey;
    refuseAesKw(subtle);
    expect(subtle.importKey).toBe(patched);
    await expect(subtle.importKey('raw', key, { name: 'HMAC' }, false, [])).resolves.toBe('key');
    await expect(subtle.importKey('raw', key, 'HKDF', false, [])).resolves.toBe('key');
    expect(seen).toHaveLength(2);
  });

  it('lets openpgp encrypt to a Curve25519 key, and open a real server’s answer, without AES-KW', async () => {
    let asked = 0;
    const { subtle } = globalThis.crypto;
    const original = subtle.importKey;
    refuseAesKw(subtle);
    const guarded = subtle.importKey;
    Object.defineProperty(subtle, 'importKey', {
      configurable: true,
      writable: true,
      value: (...args: Parameters<typeof original>) => {
        const [, , algorithm] = args;
        if (typeof algorithm === 'object' && 'name' in algorithm && algorithm.name === 'AES-KW') asked++;
        return guarded.apply(subtle, args);
      },
    });
    try {
      const { publicKey, privateKey } = pgpKeys.curve25519;
      const message = await encryptToKey(asciiBytes('plain'), fromBase64(publicKey));
      expect(asciiText(await decryptWithKey(message, fromBase64(privateKey)))).toBe('plain');
      const vector = tokenVectors.vectors.find(({ pgpKey }) => pgpKey === 'curve25519');
      expect(asciiText(await decryptWithKey(vector?.encodedToken ?? '', fromBase64(privateKey)))).toBe(
        vector?.token,
      );
      expect(asked).toBe(3);
    } finally {
      Object.defineProperty(subtle, 'importKey', { configurable: true, writable: true, value: original });
    }
  });
});
