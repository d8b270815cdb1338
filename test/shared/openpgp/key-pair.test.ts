import { describe, expect, it } from 'vitest';
import { asciiBytes, asciiText, fromBase64, toBase64, toHex } from '../../../shared/bytes';
import { keyPairOf, lockPrivateKey, makeKeyPair, unlockPrivateKey } from '../../../shared/openpgp/key-pair';
import {
  checkKeyForServer,
  parsePublicKey,
  pgpKeyField,
  publicHalf,
} from '../../../shared/openpgp/public-key';
import { decryptWithKey, encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { signDetached, verifyDetached } from '../../../shared/openpgp/signature';
import { pgpKeys } from '../../vectors/read';

const now = new Date('2026-03-04T05:06:07Z');
const make = (name = 'Alice', use: 'sign' | 'encrypt' = 'sign') =>
  makeKeyPair({ name, algorithm: 'curve25519', now, use });
const rsa = fromBase64(pgpKeys.rsa3072.privateKey);

describe('a new key', () => {
  it('is backdated by a day and never expires', async () => {
    const info = await parsePublicKey((await make()).publicKey);
    expect(info.created.toISOString()).toBe('2026-03-03T05:06:07.000Z');
    expect(info.expires).toBeNull();
    expect(info.algorithm).toBe('Curve25519');
  });

  it.each(['sign', 'encrypt'] as const)(
    'for %s signs, encrypts, and serves a server whose clock is hours behind',
    async (use) => {
      const { publicKey, privateKey, fingerprint } = await make('Alice', use);
      expect(fingerprint).toHaveLength(20);
      await verifyDetached(asciiBytes('text'), await signDetached(asciiBytes('text'), privateKey), publicKey);
      expect(await decryptWithKey(await encryptToKey(asciiBytes('text'), publicKey), privateKey)).toEqual(
        asciiBytes('text'),
      );
      await checkKeyForServer(publicKey, new Date('2026-03-03T12:00:00Z'));
    },
  );

  it('says in its User ID whose it is and what for', async () => {
    expect((await parsePublicKey((await make('Zoë Nuñez')).publicKey)).userId).toBe(
      'Zoë Nuñez (Airlock identity)',
    );
    expect((await parsePublicKey((await make('Ops', 'encrypt')).publicKey)).userId).toBe(
      'Ops (Airlock ceremony key)',
    );
  });

  it('takes any name, without what would forge an address', async () => {
    const user = (await parsePublicKey((await make('Eve <root@example.org> (CEO)\u0000\n')).publicKey))
      .userId;
    expect(user).toBe('Eve root example.org CEO (Airlock identity)');
    expect((await parsePublicKey((await make(' ')).publicKey)).userId).toBe('Airlock (Airlock identity)');
  });

  it('can be RSA, of 3072 or 4096 bits', async () => {
    expect((await parsePublicKey(pgpKeys.rsa4096.publicKey)).algorithm).toBe('RSA 4096');
    const { publicKey } = await makeKeyPair({ name: 'Alice', algorithm: 'rsa3072', now, use: 'encrypt' });
    expect((await parsePublicKey(publicKey)).algorithm).toBe('RSA 3072');
    await checkKeyForServer(publicKey, now);
  }, 60_000);
});

describe('a private key under a passphrase', () => {
  it('comes back with it, and only with it', async () => {
    const { privateKey } = await make();
    const locked = await lockPrivateKey(privateKey, 'pässword');
    expect(locked).toMatch(/^-----BEGIN PGP PRIVATE KEY BLOCK-----/);
    expect(await unlockPrivateKey(locked, 'pässword')).toEqual(privateKey);
    await expect(unlockPrivateKey(locked, 'password')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(unlockPrivateKey(locked, '')).rejects.toMatchObject({ code: 'wrong-passphrase' });
  });

  it('is not made with an empty one', async () => {
    await expect(lockPrivateKey(rsa, '')).rejects.toMatchObject({ code: 'empty-passphrase' });
  });

  it('leaves the caller’s own copy of the key as it was', async () => {
    const { privateKey } = await make();
    const before = privateKey.slice();
    await lockPrivateKey(privateKey, 'x');
    await signDetached(asciiBytes('text'), privateKey);
    expect(privateKey).toEqual(before);
  });

  it('cannot be used before it is unlocked', async () => {
    const locked = Buffer.from(
      (await lockPrivateKey(rsa, 'x')).replace(/-----.*-----|^=.*$/gm, ''),
      'base64',
    );
    await expect(signDetached(asciiBytes('text'), new Uint8Array(locked))).rejects.toMatchObject({
      code: 'locked',
    });
  });
});

describe('a private key from elsewhere', () => {
  it('is read armored, as a file’s bytes, in base64 and binary, with or without a passphrase', async () => {
    const armored = await lockPrivateKey(rsa, 'x');
    for (const input of [armored, `\n${armored}`, asciiBytes(armored)])
      expect(await unlockPrivateKey(input, 'x')).toEqual(rsa);
    for (const input of [rsa, toBase64(rsa)]) expect(await unlockPrivateKey(input, '')).toEqual(rsa);
  });

  it('gives its key pair', async () => {
    const pair = await keyPairOf(await lockPrivateKey(rsa, 'x'), 'x');
    expect(pair.privateKey).toEqual(rsa);
    expect(toHex(pair.fingerprint)).toBe(toHex((await publicHalf(rsa)).fingerprint));
    expect(pgpKeyField(pair.publicKey)).toBe(pgpKeys.rsa3072.publicKey);
  });

  it.each([
    ['a text', 'hello', 'not-a-private-key'],
    ['nothing', '', 'not-a-private-key'],
    ['bytes that are no key', Uint8Array.of(0xff, 1, 2), 'not-a-private-key'],
    ['text that is not ASCII', Uint8Array.of(0x41, 0xff), 'not-a-private-key'],
    ['a public key', pgpKeys.curve25519.publicKey, 'not-a-private-key'],
    ['two keys', Uint8Array.from([...rsa, ...fromBase64(pgpKeys.curve25519.privateKey)]), 'several-keys'],
  ])('is refused where it is %s', async (_, input, code) => {
    await expect(unlockPrivateKey(input, 'x')).rejects.toMatchObject({ code });
  });

  it('opens what is there where part of it is missing, and is refused where all of it is', async () => {
    // As gpg leaves a key on a smart card, or exports subkeys alone.
    const { readPrivateKey } = await import('openpgp');
    const key = await readPrivateKey({ binaryKey: rsa.slice() });
    if ('makeDummy' in key.keyPacket) key.keyPacket.makeDummy();
    const sealed = await encryptToKey(asciiBytes('text'), fromBase64(pgpKeys.rsa3072.publicKey));
    const opened = await decryptWithKey(sealed, await unlockPrivateKey(key.write(), 'x'));
    expect(asciiText(opened)).toBe('text');
    for (const { keyPacket } of key.subkeys) if ('makeDummy' in keyPacket) keyPacket.makeDummy();
    await expect(unlockPrivateKey(key.write(), 'x')).rejects.toMatchObject({ code: 'unreadable-key' });
  });

  it('is not taken for one where it is damaged', async () => {
    await expect(signDetached(asciiBytes('text'), rsa.subarray(0, 40))).rejects.toMatchObject({
      code: 'not-a-private-key',
    });
  });
});
