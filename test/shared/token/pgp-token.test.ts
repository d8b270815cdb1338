import { describe, expect, it } from 'vitest';
import { asciiBytes, asciiText, fromBase64, toBase64 } from '../../../shared/bytes';
import { encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { openPgpToken } from '../../../shared/token/pgp-token';
import { pgpKeys, tokenVectors } from '../../vectors/read';

describe('an encoded token for a PGP key', () => {
  for (const [i, { pgpKey, encodedToken, token, from }] of tokenVectors.vectors.entries()) {
    if (pgpKey === undefined) continue;
    it(`of a real server opens with that key, ${pgpKey} (${i}: ${from})`, async () => {
      const opened = await openPgpToken(encodedToken, fromBase64(pgpKeys[pgpKey].privateKey));
      expect(asciiText(opened.bytes)).toBe(token);
    });
  }

  it('of a real server does not open with another key, and says so', async () => {
    const vector = tokenVectors.vectors.find(({ pgpKey }) => pgpKey === 'curve25519');
    await expect(
      openPgpToken(vector?.encodedToken ?? '', fromBase64(pgpKeys.rsa3072.privateKey)),
    ).rejects.toMatchObject({
      code: 'not-for-this-key',
    });
  });

  it('with anything but a token inside is refused without showing it', async () => {
    const { publicKey, privateKey } = pgpKeys.curve25519;
    const encoded = toBase64(await encryptToKey(asciiBytes('not a token at all'), fromBase64(publicKey)));
    const refusal = openPgpToken(encoded, fromBase64(privateKey));
    await expect(refusal).rejects.toMatchObject({ code: 'alphabet' });
    await expect(refusal).rejects.not.toThrow(/not a token/);
  });
});
