import { createMessage, readPrivateKey, readSignature, revokeKey, sign } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { asciiBytes, fromBase64 } from '../../../shared/bytes';
import { makeKeyPair } from '../../../shared/openpgp/key-pair';
import { armorSignature, signDetached, verifyDetached } from '../../../shared/openpgp/signature';
import { pgpKeys } from '../../vectors/read';

const text = asciiBytes('Airlock checkpoint v1\n');
const alice = {
  public: fromBase64(pgpKeys.curve25519.publicKey),
  private: fromBase64(pgpKeys.curve25519.privateKey),
};
const bob = {
  public: fromBase64(pgpKeys.rsa3072.publicKey),
  private: fromBase64(pgpKeys.rsa3072.privateKey),
};

const verdict = (...args: Parameters<typeof verifyDetached>): Promise<string> =>
  verifyDetached(...args).then(
    () => 'good',
    (error: { code: string }) => error.code,
  );

describe('a detached signature', () => {
  it.each([alice, bob])('is good over its bytes, binary and armored', async (who) => {
    const signature = await signDetached(text, who.private);
    expect(await verdict(text, signature, who.public)).toBe('good');
    const armored = await armorSignature(signature);
    expect(armored).toMatch(/^-----BEGIN PGP SIGNATURE-----/);
    // Without the checksum line gpg 2.2 stumbles over some lengths.
    expect(armored).toMatch(/^=[0-9A-Za-z+/]{4}$/m);
    expect(await verdict(text, armored, who.public)).toBe('good');
  });

  it('is bad over other bytes, by another key, and with any changed byte of its own', async () => {
    const signature = await signDetached(text, alice.private);
    expect(await verdict(asciiBytes('Airlock checkpoint v2\n'), signature, alice.public)).toBe(
      'bad-signature',
    );
    expect(await verdict(text, signature, bob.public)).toBe('bad-signature');
    for (let i = 0; i < signature.length; i++) {
      const changed = signature.slice();
      changed[i] = (changed[i] ?? 0) ^ 1;
      const [parsed] = await readSignature({ binarySignature: changed }).then(
        ({ packets }) => packets,
        () => [],
      );
      // Unhashed subpackets are a note for finding the key; they are not what is signed.
      const hashedEnd = 6 + ((signature[6] ?? 0) << 8) + (signature[7] ?? 0);
      if (parsed && i > hashedEnd && (await verdict(text, changed, alice.public)) === 'good') continue;
      expect(['bad-signature', 'not-a-signature']).toContain(await verdict(text, changed, alice.public));
    }
  });

  it('is good whatever the clocks say: a key and a signature from the future, or decades old', async () => {
    for (const now of [new Date('2090-01-01T00:00:00Z'), new Date('1999-01-01T00:00:00Z')]) {
      const { publicKey, privateKey } = await makeKeyPair({
        name: 'Alice',
        algorithm: 'curve25519',
        now,
        use: 'sign',
      });
      expect(await verdict(text, await signDetached(text, privateKey, now), publicKey)).toBe('good');
      expect(await verdict(text, await signDetached(text, privateKey), publicKey)).toBe('good');
    }
  });

  it('never claims to be older than its key, however late the clock is', async () => {
    const signature = await signDetached(text, alice.private, new Date(0));
    const { packets } = await readSignature({ binarySignature: signature });
    const key = await readPrivateKey({ binaryKey: alice.private.slice() });
    expect(packets[0]?.created?.getTime()).toBe(key.getCreationTime().getTime());
    expect(await verdict(text, signature, alice.public)).toBe('good');
  });

  it('of a revoked key is bad', async () => {
    const key = await readPrivateKey({ binaryKey: alice.private.slice() });
    const revoked = await revokeKey({ key, format: 'object' });
    const signature = await signDetached(text, alice.private);
    // What was found of the key before it was revoked says nothing of the key as it is revoked, nor back.
    expect(await verdict(text, signature, alice.public)).toBe('good');
    expect(await verdict(text, signature, revoked.publicKey.write())).toBe('bad-signature');
    expect(await verdict(text, signature, alice.public)).toBe('good');
    await expect(signDetached(text, revoked.privateKey.write())).rejects.toMatchObject({
      code: 'cannot-sign',
    });
  });

  it('must be one, and of binary kind', async () => {
    const one = await signDetached(text, alice.private);
    expect(await verdict(text, Uint8Array.from([...one, ...one]), alice.public)).toBe('bad-signature');
    const signed: unknown = await sign({
      message: await createMessage({ text: 'Airlock checkpoint v1\n' }),
      signingKeys: await readPrivateKey({ binaryKey: alice.private.slice() }),
      detached: true,
      format: 'binary',
    });
    expect(await verdict(text, signed as Uint8Array, alice.public)).toBe('bad-signature');
  });

  it.each([
    ['no bytes', new Uint8Array()],
    ['a text', 'hello'],
    ['a key', fromBase64(pgpKeys.curve25519.publicKey)],
  ])('is told from %s', async (_, input) => {
    expect(await verdict(text, input, alice.public)).toBe('not-a-signature');
    if (typeof input !== 'string')
      await expect(armorSignature(input)).rejects.toMatchObject({ code: 'not-a-signature' });
  });
});
