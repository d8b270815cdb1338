import { generateKey, readKey, readPrivateKey } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { asciiBytes, fromBase64, toHex } from '../../../shared/bytes';
import { makeKeyPair } from '../../../shared/openpgp/key-pair';
import {
  checkKeyForServer,
  parsePublicKey,
  parseSignersKey,
  pgpKeyField,
} from '../../../shared/openpgp/public-key';
import { weaknessOf } from '../../../shared/openpgp/weakness';
import { pgpKeys, serverKeyVectors } from '../../vectors/read';

const binary = fromBase64(pgpKeys.curve25519.publicKey);
const vector = (name: string): Uint8Array => {
  const found = serverKeyVectors.vectors.find((one) => one.name === name);
  if (!found) throw new Error(`no vector: ${name}`);
  return fromBase64(found.publicKey);
};
const serverTime = new Date(serverKeyVectors.serverTime);

describe('a public key', () => {
  it('is read armored, as a file’s bytes, in base64 as servers take it, and binary', async () => {
    const { armored, fingerprint } = await parsePublicKey(binary);
    expect(fingerprint).toHaveLength(20);
    for (const input of [armored, ` ${armored}`, asciiBytes(armored), pgpKeys.curve25519.publicKey, binary]) {
      const info = await parsePublicKey(input);
      expect(info.binary).toEqual(binary);
      expect(toHex(info.fingerprint)).toBe(toHex(fingerprint));
    }
  });

  it('goes to a server in padded base64 of its binary form', () => {
    expect(pgpKeyField(binary)).toBe(pgpKeys.curve25519.publicKey);
  });

  it('of version 6 is read for a server, and is nobody’s who signs', async () => {
    expect((await parsePublicKey(vector('version 6'))).fingerprint).toHaveLength(32);
    await expect(parseSignersKey(vector('version 6'))).rejects.toMatchObject({ code: 'not-a-key' });
    expect((await parseSignersKey(binary)).fingerprint).toHaveLength(20);
  });

  it('says when it expires, and never where it does not', async () => {
    expect((await parsePublicKey(vector('expired'))).expires).toBeInstanceOf(Date);
    expect((await parsePublicKey(binary)).expires).toBeNull();
  });

  it('is stripped of what others signed on it, which may be long and is nobody’s business', async () => {
    const key = await readKey({ binaryKey: binary });
    const other = await readPrivateKey({ binaryKey: fromBase64(pgpKeys.rsa4096.privateKey) });
    const certified = (await key.signAllUsers([other])).write();
    expect(certified.length).toBeGreaterThan(binary.length);
    expect((await parsePublicKey(certified)).binary).toEqual(binary);
  });

  it.each([
    ['a text', 'hello', 'not-a-key'],
    ['nothing', '', 'not-a-key'],
    ['no bytes', new Uint8Array(), 'not-a-key'],
    ['a key that is cut off', binary.subarray(0, 30), 'not-a-key'],
    ['two keys', Uint8Array.from([...binary, ...fromBase64(pgpKeys.rsa3072.publicKey)]), 'several-keys'],
    ['a private key', pgpKeys.curve25519.privateKey, 'private-key-given'],
  ])('is refused where it is %s', async (_, input, code) => {
    await expect(parsePublicKey(input)).rejects.toMatchObject({ code });
  });
});

describe('a key that shall go to a server', () => {
  it.each([
    ['curve25519 as gpg 2.2 makes it', 'fine'],
    ['GpgDefault (gpg 2.2.40)', 'fine'],
    ['NIST P-256', 'fine'],
    ['NIST P-384', 'fine'],
    ['NIST P-521', 'fine'],
    ['RSA 2048', 'fine'],
    ['two encryption subkeys, the newer one expired', 'fine'],
    ['two encryption subkeys, the newer one revoked', 'fine'],
    ['curve25519 in the form of RFC 9580', 'unsupported-by-server'],
    ['two encryption subkeys, the newer one in the form of RFC 9580', 'unsupported-by-server'],
    ['curve448', 'unsupported-by-server'],
    ['version 6', 'unsupported-by-server'],
    ['GpgBrainpool (gpg 2.2.40)', 'fine'],
    ['GpgBrainpool384 (gpg 2.2.40)', 'fine'],
    ['GpgBrainpool512 (gpg 2.2.40)', 'fine'],
    ['GpgSecp256k1 (gpg 2.2.40)', 'fine'],
    ['GpgEd25519WithBrainpool (gpg 2.2.40)', 'fine'],
    ['GpgEd25519WithSecp256k1 (gpg 2.2.40)', 'fine'],
    ['GpgEd25519WithRsa1024 (gpg 2.2.40)', 'fine'],
    ['GpgRsa1024 (gpg 2.2.40)', 'fine'],
    ['GpgRsa1536 (gpg 2.2.40)', 'fine'],
    ['GpgElGamal2048 (gpg 2.2.40)', 'fine'],
    ['RSA 1000', 'unsupported-by-server'],
    ['RSA 768', 'unsupported-by-server'],
    ['GpgDsa (gpg 2.2.40)', 'fine'],
    ['expired', 'expired'],
    ['expired encryption subkey', 'expired'],
    ['from the future', 'future'],
    ['encryption subkey from the future', 'future'],
    ['without an encryption subkey', 'cannot-encrypt'],
    ['with a signing subkey only', 'cannot-encrypt'],
    ['revoked', 'revoked'],
    ['retired softly', 'revoked'],
    ['revoked encryption subkey', 'cannot-encrypt'],
    ['without a User ID', 'cannot-encrypt'],
    ['without signatures on its User ID', 'cannot-encrypt'],
    ['whose subkey is bound by another key', 'cannot-encrypt'],
  ])('is checked: %s is %s', async (name, expected) => {
    const code = await checkKeyForServer(vector(name), serverTime).then(
      () => 'fine',
      (error: { code: string }) => error.code,
    );
    expect(code).toBe(expected);
  });

  it.each([
    ['1.14.0', 'unsupported-by-server'],
    ['1.19.5', 'unsupported-by-server'],
    ['1.20.0', 'fine'],
    ['1.21.4+ent', 'fine'],
    ['2.5.3', 'unsupported-by-server'],
    ['2.6.2', 'fine'],
    ['no version', 'unsupported-by-server'],
  ])('in a form of RFC 9580 is taken where the server’s version knows it: %s', async (version, expected) => {
    for (const name of ['curve25519 in the form of RFC 9580', 'curve448', 'version 6']) {
      const code = await checkKeyForServer(vector(name), serverTime, version).then(
        () => 'fine',
        (error: { code: string }) => error.code,
      );
      expect(code).toBe(expected);
    }
  });

  it('is called weak where nobody should use it any more, and then only', () => {
    for (const algorithm of ['RSA 1024', 'RSA 1536', 'DSA 1024'])
      expect(weaknessOf(algorithm)).toContain(`weak: ${algorithm} `);
    for (const algorithm of ['RSA 2048', 'RSA 4096', 'DSA 2048', 'Curve25519', 'brainpoolP256r1'])
      expect(weaknessOf(algorithm)).toBeNull();
  });

  it.each(serverKeyVectors.vectors.filter(({ verdict }) => verdict !== ''))(
    'is refused here whenever a real server’s library fails on it: $name',
    async ({ publicKey }) => {
      await expect(checkKeyForServer(fromBase64(publicKey), serverTime)).rejects.toHaveProperty('code');
    },
  );

  it('from ten minutes in the server’s future is refused, and both times are named', async () => {
    const made = new Date('2026-03-04T05:06:00Z');
    const day = 86_400_000;
    const { publicKey } = await makeKeyPair({
      name: 'Alice',
      algorithm: 'curve25519',
      now: new Date(made.getTime() + day),
      use: 'encrypt',
    });
    const check = checkKeyForServer(publicKey, new Date(made.getTime() - 600_000));
    await expect(check).rejects.toMatchObject({ code: 'future' });
    await expect(check).rejects.toThrow(/2026-03-04 05:06 UTC.*2026-03-04 04:56 UTC/);
    await expect(checkKeyForServer(publicKey, made)).resolves.toBeUndefined();
  });

  it('expires to the second', async () => {
    const date = new Date('2026-03-04T05:06:00Z');
    const { publicKey } = await generateKey({
      userIDs: [{ name: 'Test' }],
      date,
      keyExpirationTime: 3600,
      format: 'binary',
    });
    await expect(checkKeyForServer(publicKey, new Date('2026-03-04T06:05:59Z'))).resolves.toBeUndefined();
    await expect(checkKeyForServer(publicKey, new Date('2026-03-04T06:06:00Z'))).rejects.toMatchObject({
      code: 'expired',
    });
  });
});
