import * as openpgp from 'openpgp';
import { describe, expect, test } from 'vitest';
import { ATTEMPT, call } from './api';
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

    const expectRefused = async (pgpKey: string): Promise<void> => {
      const { status, json } = await call(server(), 'PUT', ATTEMPT, { body: { pgp_key: pgpKey } });
      expect(status).toBe(400);
      expect(json.errors).toEqual([expect.stringMatching(/^error parsing PGP key: ./)]);
      expect((await call(server(), 'GET', ATTEMPT)).json.started).toBe(false);
    };

    test.each([
      '!!',
      'keybase:someone',
      'AA A',
      'AAAAA',
      'AA==A',
      'AA-_',
      'AAAA',
      field(Uint8Array.of(0xb4)),
      field(Uint8Array.of(0xb4, 0x05, 0x41)),
      field(Uint8Array.of(0xc6, 0xff)),
      field(Buffer.from('-----BEGIN PGP PUBLIC KEY BLOCK-----')),
    ])('is not %j', expectRefused);

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

    test.each<[string, (key: openpgp.PrivateKey) => Uint8Array | Promise<Uint8Array>]>([
      ['is cut off in its first part', (key) => key.toPublic().write().slice(0, 40)],
      ['is cut off in its name', (key) => partsOf(key, 0, 1).slice(0, -1)],
      ['is cut off after its name', (key) => partsOf(key, 0, 1)],
      ['is cut off after its subkey', (key) => partsOf(key, 0, 1, 2, 3)],
      ['is cut off at its end', (key) => key.toPublic().write().slice(0, -1)],
      ['has text behind it', (key) => Buffer.concat([key.toPublic().write(), Buffer.from('\n')])],
      ['has no name', (key) => partsOf(key, 0, 3, 4)],
      ['has a name that nobody signed', (key) => partsOf(key, 0, 1, 3, 4)],
      ['has no signatures', (key) => partsOf(key, 0, 1, 3)],
      [
        'has another name than was signed',
        (key) => changed(key.toPublic().write(), partsOf(key, 0, 1).length - 1),
      ],
      [
        'has another subkey than was signed',
        (key) => changed(key.toPublic().write(), partsOf(key, 0, 1, 2).length + 30),
      ],
      ['is a subkey', (key) => partsOf(key, 3, 4)],
      ['is a name', (key) => partsOf(key, 1, 2)],
      ['is a signature', (key) => partsOf(key, 2)],
      [
        'is a message',
        async (key) =>
          openpgp.encrypt({
            message: await openpgp.createMessage({ text: 'a token' }),
            encryptionKeys: key.toPublic(),
            format: 'binary',
          }),
      ],
    ])('is refused that %s', async (_, make) => {
      await expectRefused(field(await make(await makeKey(legacy))));
    });

    test('may have packets behind it that nobody knows', async () => {
      const key = await makeKey(legacy);
      const bytes = Buffer.concat([key.toPublic().write(), Buffer.from([0xff, 0x01, 0x00])]);
      const { json } = await call(server(), 'PUT', ATTEMPT, { body: { pgp_key: field(bytes) } });
      expect(json.pgp_fingerprint).toBe(key.getFingerprint());
    });
  });
}
