import * as openpgp from 'openpgp';
import { describe, expect, test } from 'vitest';
import { ATTEMPT, call, fixedOtp, submit } from './api';
import { DAY, field, legacy, type Making, makeKey } from './pgp-key';
import { type Start, suiteServer } from './suite-server';

export function pgpSuite(start: Start): void {
  describe('an attempt with a PGP key', () => {
    const server = suiteServer(start);

    const decrypted = async (encoded: string, key: openpgp.PrivateKey): Promise<string> => {
      const message = await openpgp.readMessage({ binaryMessage: Buffer.from(encoded, 'base64') });
      const { data } = await openpgp.decrypt({ message, decryptionKeys: key, format: 'utf8' });
      return String(data);
    };

    test.each<[string, Making]>([
      ['Curve25519 in its old form', legacy],
      ['RSA', { type: 'rsa', rsaBits: 2048 }],
      ['Curve25519 in its new form', { type: 'curve25519' }],
    ])('makes a token that only the key opens: %s', async (_, making) => {
      const key = await makeKey(making);
      const pgpKey = field(key.toPublic().write());
      const begun = await call(server(), 'PUT', ATTEMPT, { body: { pgp_key: pgpKey } });
      expect(begun.json).toMatchObject({
        started: true,
        otp: '',
        otp_length: 28,
        pgp_fingerprint: key.getFingerprint(),
      });
      const { nonce } = begun.json;
      expect((await submit(server(), nonce, server().shares.slice(0, 1))).json).toMatchObject({
        progress: 1,
        pgp_fingerprint: key.getFingerprint(),
      });
      const { json } = await submit(server(), nonce, server().shares.slice(1, 3));
      expect(json).toMatchObject({ complete: true, pgp_fingerprint: key.getFingerprint() });
      expect(json.encoded_root_token).toBe(json.encoded_token);
      expect(json.encoded_token).toMatch(/^[A-Za-z0-9+/]+=*$/);
      const token = await decrypted(json.encoded_token, key);
      expect(token).toMatch(/^hvs\.[0-9A-Za-z]{24}$/);
      expect((await call(server(), 'GET', 'auth/token/lookup-self', { token })).json.data.id).toBe(token);
    });

    test('answers with a message as old as any gpg reads', async () => {
      const key = await makeKey(legacy);
      const { json } = await call(server(), 'PUT', ATTEMPT, {
        body: { pgp_key: field(key.toPublic().write()) },
      });
      const done = await submit(server(), json.nonce, server().shares.slice(0, 3));
      const message = Buffer.from(done.json.encoded_token, 'base64');
      const { packets } = await openpgp.readMessage({ binaryMessage: message });
      expect(packets.map((packet) => packet.constructor.name)).toEqual([
        'PublicKeyEncryptedSessionKeyPacket',
        'SymEncryptedIntegrityProtectedDataPacket',
      ]);
      expect(packets.map((packet) => ('version' in packet ? packet.version : null))).toEqual([3, 1]);
    });

    test('takes no notice of the key if there is an OTP too', async () => {
      const key = await makeKey(legacy);
      const body = { otp: fixedOtp(server()), pgp_key: field(key.toPublic().write()) };
      const { json } = await call(server(), 'PUT', ATTEMPT, { body });
      expect(json).toMatchObject({ started: true, pgp_fingerprint: '' });
      const done = await submit(server(), json.nonce, server().shares.slice(0, 3));
      expect(done.json.encoded_token).toHaveLength(38);
    });

    const revoked = async () => {
      const { publicKey } = await openpgp.revokeKey({ key: await makeKey(legacy), format: 'object' });
      return publicKey;
    };

    test.each<[string, () => Promise<openpgp.Key>]>([
      [
        'has expired',
        () => makeKey({ ...legacy, date: new Date(Date.now() - 3 * DAY), keyExpirationTime: 86_400 }),
      ],
      ['was made ten minutes from now', () => makeKey({ ...legacy, date: new Date(Date.now() + 600_000) })],
      ['cannot encrypt', () => makeKey({ ...legacy, subkeys: [] })],
      ['is revoked', revoked],
    ])('takes a key that %s, and breaks down over it at the last share', async (_, make) => {
      const key = (await make()).toPublic();
      const accessors = async () =>
        (await call(server(), 'GET', 'auth/token/accessors?list=true', { token: server().rootToken })).json
          .data.keys;
      const before = await accessors();
      const begun = await call(server(), 'PUT', ATTEMPT, { body: { pgp_key: field(key.write()) } });
      expect(begun.json.pgp_fingerprint).toBe(key.getFingerprint());
      const { nonce } = begun.json;
      await submit(server(), nonce, server().shares.slice(0, 2));
      await expect(submit(server(), nonce, server().shares.slice(2, 3))).rejects.toThrow();
      expect((await call(server(), 'GET', ATTEMPT)).json).toMatchObject({
        started: true,
        nonce,
        progress: 0,
      });
      expect(await accessors()).toHaveLength(before.length + 1);
    });
  });
}
