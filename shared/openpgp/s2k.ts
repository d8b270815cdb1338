import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { PrivateKey } from 'openpgp';
import { copySecret, wipe } from '../bytes';

/** Hash algorithms of OpenPGP's iterated S2K that are computed here, by their numbers (RFC 9580, 9.5). */
export const s2kHashes = { sha256: 8, sha512: 10 } as const;
export type S2kHash = (typeof s2kHashes)[keyof typeof s2kHashes];

/**
 * A passphrase. Bytes (UTF-8) can be wiped by whoever made them; a string stays in memory for as long as the
 * engine likes.
 */
export type Passphrase = string | Uint8Array;

/** The highest count that the one byte can code: 65,011,712 bytes are hashed. */
export const HIGHEST_COUNT = 255;

const FEED = 16_384;

/** A hash that is fed piece by piece. */
export interface StreamingHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

const hashHere = (hash: S2kHash): StreamingHash => (hash === s2kHashes.sha512 ? sha512 : sha256).create();
let newHash = hashHere;

/**
 * Has the S2K hash with the system's own code, which takes a tenth of the time: for programs that have it
 * (Node's).
 */
export function hashNatively(make: (name: 'sha256' | 'sha512') => StreamingHash): void {
  newHash = (hash) => make(hash === s2kHashes.sha512 ? 'sha512' : 'sha256');
}

/**
 * The key of OpenPGP's iterated and salted S2K (RFC 9580, 3.7.1.3). What is hashed, `salt` and passphrase
 * over and over up to `count` bytes, is fed in pieces from one small buffer, which is wiped. openpgp's own
 * code makes all of it at once, 65 MB with the passphrase in it three million times, and leaves it lying in
 * memory. `length`: bytes of the key, 32 at most (one SHA-256): `RangeError` is thrown for more.
 */
export function iteratedS2k(
  hash: S2kHash,
  salt: Uint8Array,
  codedCount: number,
  passphrase: Uint8Array,
  length: number,
): Uint8Array {
  if (length > 32) throw new RangeError('a key longer than the shortest hash');
  const hasher = newHash(hash);
  const unit = salt.length + passphrase.length;
  const total = Math.max((16 + (codedCount & 15)) << ((codedCount >> 4) + 6), unit);
  const feed = new Uint8Array(unit * Math.max(1, Math.ceil(FEED / unit)));
  for (let at = 0; at < feed.length; at += unit) {
    feed.set(salt, at);
    feed.set(passphrase, at + salt.length);
  }
  for (let done = 0; done < total; done += feed.length)
    hasher.update(total - done < feed.length ? feed.subarray(0, total - done) : feed);
  const digest = hasher.digest();
  // A copy also of a Node buffer, whose `slice` would be a view of what is wiped next.
  const key = copySecret(digest.subarray(0, length));
  wipe(feed, digest);
  return key;
}

/** What openpgp keeps of a packet's S2K, and asks for its key; its types don't name it. */
interface PacketS2k {
  type: string;
  algorithm: number;
  c: number;
  salt: Uint8Array | null;
  generateSalt(): void;
  produceKey(passphrase: unknown, length: number): Promise<Uint8Array>;
}

interface ProtectedPacket {
  s2k?: PacketS2k | null;
}

const packetsOf = (key: PrivateKey): ProtectedPacket[] =>
  key.getKeys().map(({ keyPacket }) => keyPacket as unknown as ProtectedPacket);

const isHash = (algorithm: number): algorithm is S2kHash =>
  Object.values<number>(s2kHashes).includes(algorithm);

/** Keys by salt, hash and count: packets that share a salt cost one derivation. */
class DerivedKeys {
  private readonly kept = new Map<string, Uint8Array>();

  constructor(private readonly passphrase: Uint8Array) {}

  of({ algorithm, salt, c }: PacketS2k, length: number): Uint8Array {
    if (!isHash(algorithm) || salt === null) throw new TypeError('not an S2K that is computed here');
    const name = `${algorithm} ${c} ${length} ${salt.join()}`;
    const key = this.kept.get(name) ?? iteratedS2k(algorithm, salt, c, this.passphrase, length);
    this.kept.set(name, key);
    return copySecret(key);
  }

  wipe(): void {
    wipe(...this.kept.values());
    this.kept.clear();
  }
}

/** Whether openpgp's own code is needed for the key: its S2K is another one than is computed here. */
export const hasForeignS2k = (key: PrivateKey): boolean =>
  packetsOf(key).some(
    ({ s2k }) =>
      s2k != null && s2k.type !== 'gnu-dummy' && !(s2k.type === 'iterated' && isHash(s2k.algorithm)),
  );

/** Hash algorithms that protect the packets of a locked key (numbers of RFC 9580, 9.5). */
export const s2kHashesOf = (key: PrivateKey): number[] =>
  packetsOf(key).flatMap(({ s2k }) => (s2k == null ? [] : [s2k.algorithm]));

/**
 * Makes openpgp take the key of each packet from here while `work` unlocks them, so that the passphrase
 * (UTF-8) is copied nowhere. openpgp is given `placeholder` in its place. Only for keys without a foreign
 * S2K (`hasForeignS2k`): `TypeError` is thrown for one. Throws what `work` throws besides.
 */
export async function unlockingWith<T>(
  key: PrivateKey,
  passphrase: Uint8Array,
  work: (placeholder: string) => Promise<T>,
): Promise<T> {
  const keys = new DerivedKeys(passphrase);
  for (const { s2k } of packetsOf(key))
    if (s2k != null) s2k.produceKey = async (_, length) => keys.of(s2k, length);
  try {
    return await work('-');
  } finally {
    keys.wipe();
  }
}

/**
 * As `unlockingWith`, for locking: every packet gets the same new salt, the highest count and this hash.
 * Throws what `work` throws.
 */
export async function lockingWith<T>(
  key: PrivateKey,
  passphrase: Uint8Array,
  hash: S2kHash,
  work: (placeholder: string) => Promise<T>,
): Promise<T> {
  const keys = new DerivedKeys(passphrase);
  const shared: { salt?: Uint8Array } = {};
  for (const packet of packetsOf(key)) takeS2kFromHere(packet, keys, hash, shared);
  try {
    return await work('-');
  } finally {
    keys.wipe();
  }
}

/**
 * openpgp makes a packet's S2K itself while it locks it: it is changed in the moment in which it is put
 * there.
 */
function takeS2kFromHere(
  packet: ProtectedPacket,
  keys: DerivedKeys,
  hash: S2kHash,
  shared: { salt?: Uint8Array },
): void {
  let current = packet.s2k ?? null;
  Object.defineProperty(packet, 's2k', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (s2k: PacketS2k | null) => {
      current = s2k;
      if (s2k === null) return;
      const newSalt = s2k.generateSalt.bind(s2k);
      s2k.algorithm = hash;
      s2k.c = HIGHEST_COUNT;
      s2k.generateSalt = () => {
        newSalt();
        if (s2k.salt !== null) shared.salt ??= s2k.salt;
        s2k.salt = shared.salt?.slice() ?? null;
      };
      s2k.produceKey = async (_, length) => keys.of(s2k, length);
    },
  });
}
