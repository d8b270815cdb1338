import fc from 'fast-check';
import { createMessage, encrypt } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { asciiBytes, fromBase64, toBase64 } from '../../../shared/bytes';
import { makeKeyPair } from '../../../shared/openpgp/key-pair';
import { decryptWithKey, encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { answersByKind, pgpKeys, serverKeyVectors } from '../../vectors/read';

const publicKey = fromBase64(pgpKeys.curve25519.publicKey);
const privateKey = fromBase64(pgpKeys.curve25519.privateKey);

const outcome = (message: Uint8Array | string, key = privateKey): Promise<string> =>
  decryptWithKey(message, key).then(
    () => 'opened',
    (error: { code: string }) => error.code,
  );

describe('a message to a key', () => {
  it('opens to the same bytes, from binary, base64 and armor', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (plain) => {
        const message = await encryptToKey(plain, publicKey);
        expect(await decryptWithKey(message, privateKey)).toEqual(plain);
        expect(await decryptWithKey(` ${toBase64(message)}\n`, privateKey)).toEqual(plain);
      }),
      { numRuns: 20 },
    );
  });

  it('opens whatever the clock says, and without disturbing the key it is given', async () => {
    for (const now of [new Date('2090-01-01T00:00:00Z'), new Date('1999-01-01T00:00:00Z')]) {
      const pair = await makeKeyPair({ name: 'Alice', algorithm: 'curve25519', now, use: 'encrypt' });
      const before = pair.privateKey.slice();
      const message = await encryptToKey(asciiBytes('text'), pair.publicKey);
      expect(await decryptWithKey(message, pair.privateKey)).toEqual(asciiBytes('text'));
      expect(pair.privateKey).toEqual(before);
    }
  });

  it('does not open with another key', async () => {
    const message = await encryptToKey(asciiBytes('text'), publicKey);
    expect(await outcome(message, fromBase64(pgpKeys.rsa3072.privateKey))).toBe('not-for-this-key');
  });

  it('opens to nothing if any byte was changed', async () => {
    const message = await encryptToKey(asciiBytes('text'), publicKey);
    for (let i = 0; i < message.length; i++) {
      const changed = message.slice();
      changed[i] = (changed[i] ?? 0) ^ 0x10;
      expect(['damaged-message', 'not-for-this-key', 'not-a-message']).toContain(await outcome(changed));
    }
    expect(await outcome(message.subarray(0, message.length - 5))).toMatch(/damaged-message|not-a-message/);
  });

  it('is told from other things', async () => {
    expect(await outcome('hello')).toBe('not-a-message');
    expect(await outcome('')).toBe('not-a-message');
    expect(await outcome(publicKey)).toBe('not-a-message');
    const byPassword: unknown = await encrypt({
      message: await createMessage({ text: 'x' }),
      passwords: 'x',
      format: 'binary',
    });
    expect(await outcome(byPassword as Uint8Array)).toBe('not-a-message');
  });

  it('is not made for a key that cannot encrypt', async () => {
    const signOnly = serverKeyVectors.vectors.find(({ name }) => name === 'without an encryption subkey');
    await expect(encryptToKey(asciiBytes('x'), fromBase64(signOnly?.publicKey ?? ''))).rejects.toMatchObject({
      code: 'cannot-encrypt',
    });
  });

  it.each(answersByKind)('from a server opens with a key of another kind: $name', async (answer) => {
    const token = await decryptWithKey(answer.encodedToken, fromBase64(answer.privateKey));
    expect(new TextDecoder().decode(token)).toMatch(/^hvs\.[0-9A-Za-z]{24}$/);
    const other = answersByKind.find(({ name }) => name !== answer.name);
    expect(await outcome(answer.encodedToken, fromBase64(other?.privateKey ?? ''))).toBe('not-for-this-key');
    const bytes = fromBase64(answer.encodedToken);
    bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1;
    expect(await outcome(bytes, fromBase64(answer.privateKey))).toBe('damaged-message');
  });
});
