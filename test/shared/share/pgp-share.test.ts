import { beforeAll, describe, expect, it } from 'vitest';
import { asciiBytes, fromBase64, toHex } from '../../../shared/bytes';
import { lockPrivateKey } from '../../../shared/openpgp/key-pair';
import { encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { openPgpShare } from '../../../shared/share/pgp-share';
import { shareText } from '../../../shared/share/share';
import { pgpKeys, shareVectors } from '../../vectors/read';

const passphrase = 'correct horse';
const locked = new Map<string, string>();

beforeAll(async () => {
  for (const [name, { privateKey }] of Object.entries(pgpKeys))
    locked.set(name, await lockPrivateKey(fromBase64(privateKey), passphrase));
});

const key = (name: string): string => locked.get(name) ?? '';

describe('a share that a real server encrypted to a PGP key at init', () => {
  it.each(shareVectors.pgp)(
    'opens with that key ($pgpKey), from base64 and from hex',
    async ({ pgpKey, encrypted, hex }) => {
      expect(shareText(await openPgpShare(`${encrypted}\n`, key(pgpKey), passphrase))).toBe(hex);
      const asHex = toHex(fromBase64(encrypted));
      expect(shareText(await openPgpShare(asHex, key(pgpKey), passphrase))).toBe(hex);
    },
  );

  it('does not open with another key or a wrong passphrase, and each is named', async () => {
    const encrypted = shareVectors.pgp.find(({ pgpKey }) => pgpKey === 'curve25519')?.encrypted ?? '';
    await expect(openPgpShare(encrypted, key('rsa3072'), passphrase)).rejects.toMatchObject({
      code: 'not-for-this-key',
    });
    await expect(openPgpShare(encrypted, key('curve25519'), 'wrong')).rejects.toMatchObject({
      code: 'wrong-passphrase',
    });
    await expect(openPgpShare('no message', key('curve25519'), passphrase)).rejects.toMatchObject({
      code: 'not-a-message',
    });
  });
});

describe('a message with something else inside', () => {
  it.each([
    ['a root token', 'hvs.AbCdEfGhIjKlMnOpQrStUvWx', 'not-a-share'],
    ['bytes that are no text', '\u00ff', 'not-a-share'],
    ['too short a share', 'a7a7', 'length'],
  ])('is refused: %s', async (_, inside, code) => {
    const plain = inside === '\u00ff' ? Uint8Array.of(0xff) : asciiBytes(inside);
    const message = await encryptToKey(plain, fromBase64(pgpKeys.curve25519.publicKey));
    await expect(openPgpShare(toHex(message), key('curve25519'), passphrase)).rejects.toMatchObject({ code });
  });
});
