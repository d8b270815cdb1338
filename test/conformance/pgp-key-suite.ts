import * as openpgp from 'openpgp';
import { describe, expect, test } from 'vitest';
import { ATTEMPT, call, refusal } from './api';
import { field, legacy, makeKey } from './pgp-key';
import { type Start, suiteServer } from './suite-server';

export function pgpKeySuite(start: Start): void {
  describe('a PGP key', () => {
    const server = suiteServer(start);

    test('is taken for its public part if private, and the first of several', async () => {
      const [key, other] = await Promise.all([makeKey(legacy), makeKey(legacy)]);
      const several = Buffer.concat([key.write(), other.toPublic().write()]);
      for (const bytes of [key.write(), several]) {
        const { json } = await call(server(), 'PUT', ATTEMPT, { body: { pgp_key: field(bytes) } });
        expect(json.pgp_fingerprint).toBe(key.getFingerprint());
        await call(server(), 'DELETE', ATTEMPT);
      }
    });

    test('is read in base64 with line breaks', async () => {
      const key = await makeKey(legacy);
      const pgpKey = field(key.toPublic().write()).replace(/.{64}/g, '$&\r\n');
      expect((await call(server(), 'PUT', ATTEMPT, { body: { pgp_key: `${pgpKey}\n` } })).status).toBe(200);
    });

    const decoding =
      'error parsing PGP key: error decoding given PGP key: illegal base64 data at input byte ';
    const parsing = 'error parsing PGP key: error parsing given PGP key: ';

    test.each([
      ['!!', `${decoding}0`],
      ['keybase:someone', `${decoding}7`],
      ['AA A', `${decoding}2`],
      ['AAA', `${decoding}0`],
      ['AAAAA', `${decoding}4`],
      ['AA=', `${decoding}3`],
      ['AA=A', `${decoding}2`],
      ['AA==A', `${decoding}4`],
      ['AAA=A', `${decoding}4`],
      ['A===', `${decoding}1`],
      ['====', `${decoding}0`],
      ['AAAA=', `${decoding}4`],
      ['AA=\n', `${decoding}4`],
      ['AA\n', `${decoding}1`],
      ['AA-_', `${decoding}2`],
      ['AAAA', `${parsing}openpgp: invalid data: tag byte does not have MSB set`],
      [field(Uint8Array.of(0xb4)), `${parsing}unexpected EOF`],
      [field(Uint8Array.of(0xb4, 0x05, 0x41)), `${parsing}unexpected EOF`],
      [field(Uint8Array.of(0xc6, 0xff)), `${parsing}unexpected EOF`],
      [field(Uint8Array.of(0xc6, 0xc1)), `${parsing}unexpected EOF`],
      [
        field(Buffer.from('-----BEGIN PGP PUBLIC KEY BLOCK-----')),
        `${parsing}openpgp: invalid data: tag byte does not have MSB set`,
      ],
    ])('is not %j', async (pgpKey, text) => {
      expect(refusal(await call(server(), 'PUT', ATTEMPT, { body: { pgp_key: pgpKey } }))).toEqual([
        400,
        text,
      ]);
      expect((await call(server(), 'GET', ATTEMPT)).json.started).toBe(false);
    });

    /** The parts of a key of one name and one subkey: key, name, its signature, subkey, its signature. */
    const partsOf = (key: openpgp.PrivateKey, ...wanted: number[]): Uint8Array => {
      const parts = new openpgp.PacketList<openpgp.AnyPacket>();
      for (const [index, part] of [...key.toPublic().toPacketList()].entries()) {
        if (wanted.includes(index)) parts.push(part);
      }
      return parts.write();
    };
    const changed = (bytes: Uint8Array, at: number) =>
      bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

    const structure = `${parsing}openpgp: invalid data: `;
    const noName = `${structure}v4 entity without any identities`;
    const unbound = `${structure}subkey packet not followed by signature`;
    const noKey = `${structure}first packet was not a public/private key`;
    const unverified = 'invalid: openpgp: invalid signature: EdDSA verification failure';

    test.each<[string, string, (key: openpgp.PrivateKey) => Uint8Array | Promise<Uint8Array>]>([
      [
        'is cut off in its first part',
        `${parsing}unexpected EOF`,
        (key) => key.toPublic().write().slice(0, 40),
      ],
      ['is cut off in its name', `${parsing}unexpected EOF`, (key) => partsOf(key, 0, 1).slice(0, -1)],
      ['is cut off after its name', noName, (key) => partsOf(key, 0, 1)],
      ['is cut off after its subkey', unbound, (key) => partsOf(key, 0, 1, 2, 3)],
      [
        'is cut off at its end',
        `${structure}subkey signature invalid: unexpected EOF`,
        (key) => key.toPublic().write().slice(0, -1),
      ],
      [
        'has text behind it',
        `${structure}subkey signature invalid: openpgp: invalid data: tag byte does not have MSB set`,
        (key) => Buffer.concat([key.toPublic().write(), Buffer.from('\n')]),
      ],
      ['has no name', noName, (key) => partsOf(key, 0, 3, 4)],
      ['has a name that nobody signed', noName, (key) => partsOf(key, 0, 1, 3, 4)],
      ['has a subkey that nobody signed', unbound, (key) => partsOf(key, 0, 1, 2, 3)],
      ['has no signatures', unbound, (key) => partsOf(key, 0, 1, 3)],
      [
        'has another name than was signed',
        `${structure}user ID self-signature ${unverified}`,
        (key) => changed(key.toPublic().write(), partsOf(key, 0, 1).length - 1),
      ],
      [
        'has another subkey than was signed',
        `${structure}subkey signature ${unverified}`,
        (key) => changed(key.toPublic().write(), partsOf(key, 0, 1, 2).length + 30),
      ],
      ['is a subkey', `${structure}primary key cannot be used for signatures`, (key) => partsOf(key, 3, 4)],
      ['is a name', noKey, (key) => partsOf(key, 1, 2)],
      ['is a signature', noKey, (key) => partsOf(key, 2)],
      [
        'is a message',
        noKey,
        async (key) =>
          openpgp.encrypt({
            message: await openpgp.createMessage({ text: 'a token' }),
            encryptionKeys: key.toPublic(),
            format: 'binary',
          }),
      ],
    ])('is refused that %s', async (_, text, make) => {
      const bytes = await make(await makeKey(legacy));
      expect(refusal(await call(server(), 'PUT', ATTEMPT, { body: { pgp_key: field(bytes) } }))).toEqual([
        400,
        text,
      ]);
    });

    test('may have packets behind it that nobody knows', async () => {
      const key = await makeKey(legacy);
      const bytes = Buffer.concat([key.toPublic().write(), Buffer.from([0xff, 0x01, 0x00])]);
      const { json } = await call(server(), 'PUT', ATTEMPT, { body: { pgp_key: field(bytes) } });
      expect(json.pgp_fingerprint).toBe(key.getFingerprint());
    });
  });
}
