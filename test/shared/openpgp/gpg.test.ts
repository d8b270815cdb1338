import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asciiBytes, asciiText, fromBase64, toHex } from '../../../shared/bytes';
import { keyPairOf, lockPrivateKey, makeKeyPair } from '../../../shared/openpgp/key-pair';
import { checkKeyForServer, parsePublicKey } from '../../../shared/openpgp/public-key';
import { decryptWithKey, encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { armorSignature, signDetached, verifyDetached } from '../../../shared/openpgp/signature';
import { pgpKeys, tokenVectors } from '../../vectors/read';

const hasGpg = spawnSync('gpg', ['--version']).status === 0;
const text = asciiBytes('Airlock checkpoint v1\n');

/** A gpg of its own, with a key ring of its own. */
let home = '';
const path = (name: string): string => join(home, name);
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(path(name), content);
  return path(name);
};
function gpg(args: readonly string[], passphrase = ''): { status: number | null; out: Buffer; log: string } {
  const { status, stdout, stderr } = spawnSync(
    'gpg',
    [
      '--homedir',
      home,
      '--batch',
      '--pinentry-mode',
      'loopback',
      '--passphrase-fd',
      '0',
      '--status-fd',
      '2',
      ...args,
    ],
    { input: `${passphrase}\n` },
  );
  return { status, out: stdout, log: stderr.toString() };
}

it.runIf(process.env['CI'])('gpg is there for the tests that need it', () => {
  expect(hasGpg).toBe(true);
});

describe.skipIf(!hasGpg)('gpg', { timeout: 60_000 }, () => {
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'gpg-'));
  });
  afterAll(() => {
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
  });

  it.each(['curve25519', 'rsa3072', 'rsa4096'] as const)(
    'takes a locked private key of ours (%s), and opens with it what a server sent',
    async (name) => {
      const pair = pgpKeys[name];
      const locked = file('locked.asc', await lockPrivateKey(fromBase64(pair.privateKey), 'pässword'));
      expect(gpg(['--import', locked], 'pässword').log).toMatch(/IMPORT_RES .*1 0 0( 0)*$/m);
      const vector = tokenVectors.vectors.find(({ pgpKey }) => pgpKey === name);
      const message = file('token.gpg', fromBase64(vector?.encodedToken ?? ''));
      const opened = gpg(['--decrypt', message], 'pässword');
      expect(opened.out.toString()).toBe(vector?.token);
      const own = file('own.gpg', await encryptToKey(text, fromBase64(pair.publicKey)));
      expect(gpg(['--decrypt', own], 'pässword').out.toString()).toBe(asciiText(text));
    },
  );

  it('verifies our detached signatures, and refuses them over anything else', async () => {
    for (const now of [new Date(), new Date('2020-01-01T00:00:00Z')]) {
      const { publicKey, privateKey, fingerprint } = await makeKeyPair({
        name: 'Zoë (ops) <x@y>',
        algorithm: 'curve25519',
        now,
        use: 'sign',
      });
      const { armored } = await parsePublicKey(publicKey);
      expect(gpg(['--import', file('public.asc', armored)]).status).toBe(0);
      for (const clock of [now, new Date(), new Date(0)]) {
        const signature = file('text.asc', await armorSignature(await signDetached(text, privateKey, clock)));
        const good = gpg(['--verify', signature, file('text', text)]);
        expect(good.log).toContain('GOODSIG');
        expect(good.status).toBe(0);
        expect(good.log).toContain(`VALIDSIG ${toHex(fingerprint).toUpperCase()}`);
        expect(gpg(['--verify', signature, file('other', 'Airlock checkpoint v2\n')]).log).toContain(
          'BADSIG',
        );
      }
    }
  });

  it('encrypts to our keys what we open', async () => {
    const publicKey = file('public.pgp', fromBase64(pgpKeys.curve25519.publicKey));
    const { out } = gpg(['--encrypt', '--recipient-file', publicKey, '--output', '-', file('plain', text)]);
    expect(await decryptWithKey(new Uint8Array(out), fromBase64(pgpKeys.curve25519.privateKey))).toEqual(
      text,
    );
  });

  it.each(['future-default', 'rsa3072'])(
    'makes keys that can be brought here, with their passphrase (%s)',
    async (kind) => {
      const fingerprint =
        /KEY_CREATED . ([0-9A-F]{40})/.exec(
          gpg(['--quick-gen-key', `Two ${kind}`, kind, 'default', 'never'], 'secret').log,
        )?.[1] ?? '';
      if (kind.startsWith('rsa')) gpg(['--quick-add-key', fingerprint, kind, 'encr', 'never'], 'secret');
      const exported = gpg(['--armor', '--export-secret-keys', fingerprint], 'secret').out.toString();
      const pair = await keyPairOf(exported, 'secret');
      expect(toHex(pair.fingerprint).toUpperCase()).toBe(fingerprint);
      await expect(keyPairOf(exported, 'Secret')).rejects.toMatchObject({ code: 'wrong-passphrase' });
      await checkKeyForServer(pair.publicKey, new Date(Date.now() + 60_000));
      const message = await encryptToKey(text, pair.publicKey);
      expect(await decryptWithKey(message, pair.privateKey)).toEqual(text);
      const signature = gpg(
        ['--armor', '--detach-sign', '-u', fingerprint, '-o', '-', file('text', text)],
        'secret',
      ).out;
      await verifyDetached(text, signature.toString(), pair.publicKey);
    },
  );
});
