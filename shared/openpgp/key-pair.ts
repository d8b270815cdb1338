import { utf8 } from '@scure/base';
import {
  encryptKey,
  enums,
  generateKey,
  type PrivateKey,
  type SecretKeyPacket,
  type SecretSubkeyPacket,
} from 'openpgp';
import { copySecret, fromHex, wipe } from '../bytes';
import { type GivenKeys, givenKeys, isMissing } from './given-keys';
import { checkUnlockingWork, OverLimit } from './limits';
import { OpenPgpError } from './openpgp-error';
import { withPrivateKey } from './private-key';
import { publicHalf } from './public-key';
import {
  hasForeignS2k,
  lockingWith,
  type Passphrase,
  type S2kHash,
  s2kHashes,
  s2kHashesOf,
  unlockingWith,
} from './s2k';
import { shortSignature } from './short-signature';

/**
 * `curve25519` is the form every server since Vault 1.14 and gpg 2.2 can use; older servers know RSA only.
 */
export type KeyAlgorithm = 'curve25519' | 'rsa3072' | 'rsa4096';

/** An OpenPGP v4 key with an encryption subkey. Wipe `privateKey` after use. */
export interface KeyPair {
  /** Binary, as a server's `pgp_key` wants it (in base64). */
  readonly publicKey: Uint8Array;
  /** Binary and unlocked. */
  readonly privateKey: Uint8Array;
  /** 20 bytes. */
  readonly fingerprint: Uint8Array;
}

const dayInMilliseconds = 86_400_000;

const algorithms = {
  curve25519: { type: 'ecc', curve: 'curve25519Legacy' },
  rsa3072: { type: 'rsa', rsaBits: 3072 },
  rsa4096: { type: 'rsa', rsaBits: 4096 },
} as const;

const uses = { sign: 'Airlock identity', encrypt: 'Airlock ceremony key' } as const;

/** A name without the characters that have a meaning in a User ID, or that a terminal would act on. */
function plainName(name: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}<>()@]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? 'Airlock' : plain;
}

/**
 * A new key: version 4, no expiry, primary key for signing, subkey for encryption, whatever the use (which
 * shows in the User ID only). Its creation is backdated by a day from `now`: a server panics at the last
 * share if the key comes from its future (docs/server-facts.md, "A key that the server can't use"), and
 * air-gapped clocks are wrong. RSA-4096 takes seconds.
 */
export async function makeKeyPair(options: {
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  readonly now: Date;
  readonly use: 'sign' | 'encrypt';
}): Promise<KeyPair> {
  const { privateKey: key, publicKey } = await generateKey({
    ...algorithms[options.algorithm],
    userIDs: [{ name: plainName(options.name), comment: uses[options.use] }],
    date: new Date(options.now.getTime() - dayInMilliseconds),
    keyExpirationTime: 0,
    format: 'object',
    config: { ...shortSignature, v6Keys: false, aeadProtect: false },
  });
  return {
    publicKey: publicKey.write(),
    privateKey: key.write(),
    fingerprint: fromHex(publicKey.getFingerprint()),
  };
}

/**
 * The key pair of a private key that was made elsewhere: armored text, base64 or binary, with its passphrase
 * ('' if it has none). Throws as `unlockPrivateKey` does.
 */
export async function keyPairOf(input: string | Uint8Array, passphrase: Passphrase): Promise<KeyPair> {
  const privateKey = await unlockPrivateKey(input, passphrase);
  const { binary, fingerprint } = await publicHalf(privateKey);
  return { publicKey: binary, privateKey, fingerprint };
}

/** A passphrase in UTF-8, to be wiped after use: a copy. */
const bytesOf = (passphrase: Passphrase): Uint8Array =>
  typeof passphrase === 'string' ? utf8.decode(passphrase) : copySecret(passphrase);

/**
 * The private key under a passphrase, armored, for a file. The passphrase is stretched by the iterated S2K at
 * its highest count, not by Argon2, so that a person can open it with gpg 2.2 in an emergency. `hash`: what
 * the S2K hashes with. Throws `OpenPgpError`: `empty-passphrase`, `not-a-private-key`, `locked`.
 */
export async function lockPrivateKey(
  privateKey: Uint8Array,
  passphrase: Passphrase,
  hash: S2kHash = s2kHashes.sha256,
): Promise<string> {
  if (passphrase.length === 0)
    throw new OpenPgpError('empty-passphrase', 'The passphrase is empty. Choose one.');
  const bytes = bytesOf(passphrase);
  try {
    return await withPrivateKey(privateKey, (key) =>
      lockingWith(key, bytes, hash, async (placeholder) => {
        const locked = await encryptKey({
          privateKey: key,
          passphrase: placeholder,
          config: { s2kType: enums.s2k.iterated, aeadProtect: false },
        });
        return locked.armor();
      }),
    );
  } finally {
    wipe(bytes);
  }
}

/**
 * Whether every part of a locked private key (armored) is protected by an S2K with this hash. The hash is not
 * signed, but whoever changes it in the file can't open the key any more, and neither can anybody else: what
 * the file says is what the person with the passphrase chose. Throws `OpenPgpError` `not-a-private-key`,
 * `several-keys`.
 */
export async function isLockedWith(armored: string, hash: S2kHash): Promise<boolean> {
  const hashes = s2kHashesOf(await readLocked(armored));
  return hashes.length > 0 && hashes.every((each) => each === hash);
}

const notPrivate = (): OpenPgpError =>
  new OpenPgpError(
    'not-a-private-key',
    'This is not an OpenPGP private key, or it is damaged. A private key file begins with “-----BEGIN PGP PRIVATE KEY BLOCK-----”, or is binary.',
  );

const tooMuch = (): OpenPgpError =>
  new OpenPgpError(
    'unreadable-key',
    'Opening this private key would take more memory or time than this program gives it: it is far larger than any in use, or its passphrase is stretched far beyond what is usual. Give it its passphrase anew with gpg (gpg --edit-key, passwd), and export it again.',
  );

async function readLocked(input: string | Uint8Array): Promise<PrivateKey> {
  let given: GivenKeys;
  try {
    given = await givenKeys(input);
    for (const key of given.privateKeys) checkUnlockingWork(key);
  } catch (error) {
    throw error instanceof OverLimit ? tooMuch() : notPrivate();
  }
  const { publicKeys, privateKeys, different } = given;
  if (different > 1)
    throw new OpenPgpError(
      'several-keys',
      'There are several keys in this. Export the private key that is meant alone.',
    );
  const [key] = privateKeys;
  if (key) return key;
  if (publicKeys.length === 0) throw notPrivate();
  throw new OpenPgpError(
    'not-a-private-key',
    'This is the public half of a key, and the private one is needed here. Export that: gpg --export-secret-keys --armor.',
  );
}

/** What can be said of a private key before its passphrase is asked for. */
export interface LockedKey {
  /** Whether any part of it is under a passphrase. */
  readonly needsPassphrase: boolean;
}

/** Looks at a private key without opening it. Throws as `unlockPrivateKey` does, but for the passphrase. */
export async function lookAtPrivateKey(input: string | Uint8Array): Promise<LockedKey> {
  return { needsPassphrase: lockedPackets(await readLocked(input)).length > 0 };
}

/**
 * The parts that a passphrase opens. Throws `OpenPgpError` 'unreadable-key' where no part has its secret in
 * the file.
 */
function lockedPackets(key: PrivateKey): SecretPacket[] {
  const held = key.getKeys().flatMap(({ keyPacket }) => (isMissing(keyPacket) ? [] : [keyPacket]));
  if (held.length === 0)
    throw new OpenPgpError(
      'unreadable-key',
      'The secret of this private key is not in the file: it is on a card or another machine, or is protected in a way that this program does not know. Export it anew, whole (gpg --export-secret-keys).',
    );
  return held.filter((packet): packet is SecretPacket => 'decrypt' in packet && !packet.isDecrypted());
}

/**
 * The private key, binary and unlocked; wipe it after use. Takes armored text, base64 or binary. A key
 * without a passphrase comes out as it is. A part whose secret is not in the file (`gpg
 * --export-secret-subkeys`, a key on a card) stays as it is, and so does one under another passphrase.
 * Throws `OpenPgpError`: `not-a-private-key`, `several-keys`, `wrong-passphrase`, `unreadable-key`.
 */
export async function unlockPrivateKey(
  input: string | Uint8Array,
  passphrase: Passphrase,
): Promise<Uint8Array> {
  const key = await readLocked(input);
  const locked = lockedPackets(key);
  if (locked.length === 0) return key.write();
  let failure: unknown = null;
  let open = 0;
  await opening(key, passphrase, async (placeholder) => {
    for (const packet of locked) {
      try {
        await packet.decrypt(placeholder);
        await packet.validate();
        open++;
      } catch (error) {
        failure ??= error;
      }
    }
  });
  if (open > 0) return key.write();
  if (failure instanceof Error && /passphrase/i.test(failure.message))
    throw new OpenPgpError(
      'wrong-passphrase',
      'The passphrase does not open this private key. Check capitals and keyboard layout, and try again.',
    );
  throw new OpenPgpError(
    'unreadable-key',
    'The private key is damaged, or of a kind that this program cannot use.',
  );
}

type SecretPacket = SecretKeyPacket | SecretSubkeyPacket;

/** Lets `work` open parts of the key with what is to be given to openpgp as the passphrase. */
async function opening(
  key: PrivateKey,
  passphrase: Passphrase,
  work: (placeholder: string) => Promise<void>,
): Promise<void> {
  const bytes = bytesOf(passphrase);
  try {
    // Argon2, or a hash of old: openpgp's own code takes the passphrase as text only.
    if (hasForeignS2k(key)) await work(utf8.encode(bytes));
    else await unlockingWith(key, bytes, work);
  } finally {
    wipe(bytes);
  }
}
