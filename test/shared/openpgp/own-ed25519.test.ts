import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { useNativeCryptography } from '../../../main/archive/native-cryptography';
import { asciiBytes } from '../../../shared/bytes';
import { readPublicKey } from '../../../shared/openpgp/certificate';
import { makeKeyPair } from '../../../shared/openpgp/key-pair';
import { fitsByPlatform, ownSignature, verifyBy } from '../../../shared/openpgp/own-ed25519';
import { signDetached, verifyDetached } from '../../../shared/openpgp/signature';

const text = asciiBytes('Airlock checkpoint v2\n');
const now = new Date('2026-05-01T08:00:00Z');
const pairOf = (name: string, algorithm: 'curve25519' | 'rsa3072' = 'curve25519') =>
  makeKeyPair({ name, algorithm, now, use: 'sign' });

const verdict = (bytes: Uint8Array, signature: Uint8Array, key: Uint8Array): Promise<string> =>
  verifyDetached(bytes, signature, key).then(
    () => 'good',
    (error: { code: string }) => error.code,
  );

/** As openpgp alone judges: a platform to which nothing fits. */
const byOpenpgp = () => verifyBy({ sha512: () => new Uint8Array(64), ed25519: () => false });

beforeAll(useNativeCryptography);
afterAll(byOpenpgp);

test('the platform and openpgp say the same of every signature that differs in one bit', async () => {
  const alice = await pairOf('Alice');
  const signature = await signDetached(text, alice.privateKey, now);
  // From the second on the key is known, and the platform checks.
  expect(await verdict(text, signature, alice.publicKey)).toBe('good');
  const changed = Array.from({ length: 8 * signature.length }, (_, bit) =>
    signature.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
  );
  const native = await Promise.all(changed.map((one) => verdict(text, one, alice.publicKey)));
  byOpenpgp();
  expect(await Promise.all(changed.map((one) => verdict(text, one, alice.publicKey)))).toEqual(native);
  useNativeCryptography();
  expect(native).toContain('bad-signature');
  // openpgp takes other ways to write the same numbers; such a one is never of Airlock's own form.
  expect(changed.filter((one, i) => native[i] === 'good' && ownSignature(one) !== null)).toEqual([]);
});

test('the platform checks signatures as Airlock makes them, and finds them over one text by one key', async () => {
  const [alice, bob] = [await pairOf('Alice'), await pairOf('Bob')];
  const own = ownSignature(await signDetached(text, alice.privateKey, now));
  if (own === null) throw new Error('it has the form of its own');
  const [hers, his] = [await readPublicKey(alice.publicKey), await readPublicKey(bob.publicKey)];
  expect(fitsByPlatform(text, own, hers)).toBe(true);
  expect(fitsByPlatform(asciiBytes('Airlock checkpoint v3\n'), own, hers)).toBe(false);
  expect(fitsByPlatform(text, own, his)).toBe(false);
  expect(
    ownSignature(await signDetached(text, (await pairOf('Rita', 'rsa3072')).privateKey, now)),
  ).toBeNull();
});

test('the platform is not asked before openpgp found the key fit to sign', async () => {
  const alice = await pairOf('Alice');
  const ed25519 = vi.fn(() => true);
  verifyBy({ sha512: () => new Uint8Array(64), ed25519 });
  const signature = await signDetached(text, alice.privateKey, now);
  const other = (await pairOf('Bob')).publicKey;
  expect(await verdict(asciiBytes('other'), signature, other)).toBe('bad-signature');
  expect(ed25519).not.toHaveBeenCalled();
  useNativeCryptography();
});
