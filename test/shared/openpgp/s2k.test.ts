import { createHash } from 'node:crypto';
import { encryptKey, enums, readPrivateKey } from 'openpgp';
import { afterEach, expect, test } from 'vitest';
import { fromBase64, toHex } from '../../../shared/bytes';
import { isLockedWith, lockPrivateKey, unlockPrivateKey } from '../../../shared/openpgp/key-pair';
import { hashNatively, iteratedS2k, s2kHashes } from '../../../shared/openpgp/s2k';
import { pgpKeys } from '../../vectors/read';

const utf8 = new TextEncoder();
const key = fromBase64(pgpKeys.curve25519.privateKey);
const native = (name: 'sha256' | 'sha512') => createHash(name);

afterEach(() => hashNatively(native));

test('the S2K is the hash of salt and passphrase repeated, whoever hashes, and its key is not wiped with the rest', () => {
  const salt = utf8.encode('saltsalt');
  const passphrase = utf8.encode('a passphrase of some length');
  for (const [name, hash] of Object.entries(s2kHashes)) {
    const count = (16 + 5) << (3 + 6);
    const whole = Buffer.concat(
      Array.from({ length: 400 }, () => Buffer.from('saltsalta passphrase of some length')),
    );
    const expected = createHash(name).update(whole.subarray(0, count)).digest('hex').slice(0, 64);
    expect(toHex(iteratedS2k(hash, salt, 0x35, passphrase, 32))).toBe(expected);
    hashNatively(native);
    expect(toHex(iteratedS2k(hash, salt, 0x35, passphrase, 32))).toBe(expected);
  }
});

test('a key that openpgp locked itself opens with the S2K of here, and with the right passphrase only', async () => {
  hashNatively(native);
  const locked = await encryptKey({
    privateKey: await readPrivateKey({ binaryKey: key.slice() }),
    passphrase: 'pässword',
    config: { s2kType: enums.s2k.iterated, s2kIterationCountByte: 255, aeadProtect: false },
  });
  expect(await unlockPrivateKey(locked.armor(), 'pässword')).toEqual(key);
  expect(await unlockPrivateKey(locked.armor(), utf8.encode('pässword'))).toEqual(key);
  for (const wrong of ['password', '\0'.repeat(9)])
    await expect(unlockPrivateKey(locked.armor(), wrong)).rejects.toMatchObject({ code: 'wrong-passphrase' });
});

test('a passphrase in bytes, also in a Node buffer, is left to its owner, and names the key by its hash', async () => {
  hashNatively(native);
  const passphrase = Buffer.from('pässword');
  const locked = await lockPrivateKey(key, passphrase, s2kHashes.sha512);
  expect(passphrase.toString()).toBe('pässword');
  expect(await unlockPrivateKey(locked, passphrase)).toEqual(key);
  expect(passphrase.toString()).toBe('pässword');
  await expect(unlockPrivateKey(locked, new Uint8Array(9))).rejects.toMatchObject({
    code: 'wrong-passphrase',
  });
  expect(await isLockedWith(locked, s2kHashes.sha512)).toBe(true);
  expect(await isLockedWith(await lockPrivateKey(key, passphrase), s2kHashes.sha512)).toBe(false);
});
