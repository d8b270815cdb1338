import { config, enums, type PublicKey, type SignaturePacket, type Subkey } from 'openpgp';
import { anyTime } from './any-time';
import { readPublicKey } from './certificate';
import { OpenPgpError } from './openpgp-error';
import { serverVersion } from './server-version';
import { isUnverifiable } from './unverifiable';

/** ECDH curves that the OpenPGP library of Vault since 1.14 and of OpenBao encrypts to; before, RSA only. */
const serverCurves: ReadonlySet<string> = new Set([
  'curve25519Legacy',
  'nistP256',
  'nistP384',
  'nistP521',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
  'secp256k1',
]);
/** Go’s own RSA, which the servers’ library stands on, encrypts to no shorter key since Go 1.24. */
const leastRsaBits = 1024;
/** RFC 9580 §5.2.3.29, first octet. Servers look at this flag only, not at 0x08 (encrypt storage). */
const encryptCommunications = 0x04;

interface Candidate {
  readonly key: PublicKey | Subkey;
  /** The self-signature or binding signature that says what the key is for. */
  readonly signature: SignaturePacket;
}

const consequence = 'With it, the server would make a root token that nobody can read.';
const plain = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
const created = (packet: SignaturePacket): number => (packet.created ? seconds(packet.created) : 0);

function newest(signatures: readonly SignaturePacket[]): SignaturePacket | undefined {
  return signatures.reduce<SignaturePacket | undefined>(
    (latest, one) => (latest && created(latest) > created(one) ? latest : one),
    undefined,
  );
}

async function genuine(check: Promise<unknown>): Promise<boolean> {
  try {
    await check;
    return true;
  } catch {
    return false;
  }
}

/**
 * The signatures, each of which the primary key must really have made, whenever it was: servers refuse a key
 * with another.
 */
async function allGenuine(
  key: PublicKey,
  signatures: readonly SignaturePacket[],
  type: enums.signature | null,
  data: object,
): Promise<readonly SignaturePacket[]> {
  if ((await valid(key, signatures, type, data)).length === signatures.length) return signatures;
  throw new OpenPgpError(
    'cannot-encrypt',
    'A signature in this key is not genuine, so no server accepts it. Export it again, whole.',
  );
}

/** Those of the signatures that the primary key really made, whenever it was, as far as that can be told. */
async function valid(
  key: PublicKey,
  signatures: readonly SignaturePacket[],
  type: enums.signature | null,
  data: object,
): Promise<SignaturePacket[]> {
  const result: SignaturePacket[] = [];
  for (const signature of signatures) {
    const kind = type ?? signature.signatureType;
    if (kind === null) continue;
    if (isUnverifiable(key)) result.push(signature);
    else if (await genuine(signature.verify(key.keyPacket, kind, data, anyTime, false, config)))
      result.push(signature);
  }
  return result;
}

const expiry = (keyCreated: Date, signature: SignaturePacket): Date | null =>
  signature.keyExpirationTime !== null && signature.keyExpirationTime > 0
    ? new Date(keyCreated.getTime() + signature.keyExpirationTime * 1000)
    : null;

/** When a key expires, as the newest of its signatures upon itself says; `null`: never. */
export function statedExpiry(key: PublicKey): Date | null {
  const signature = newest(key.users.flatMap((user) => user.selfCertifications));
  return signature === undefined ? null : expiry(key.getCreationTime(), signature);
}

function checkTimes(part: 'key' | 'encryption subkey', candidate: Candidate, serverTime: Date): void {
  const start = candidate.key.getCreationTime();
  const from = new Date(Math.max(start.getTime(), created(candidate.signature) * 1000));
  if (seconds(from) > seconds(serverTime))
    throw new OpenPgpError(
      'future',
      `To the server, this ${part} is from the future: it was made at ${plain(from)}, and the server’s clock says ${plain(serverTime)}. ${consequence} Compare the clocks, and make a new key.`,
    );
  const ends = [expiry(start, candidate.signature), candidate.signature.getExpirationTime()]
    .filter((end): end is Date => end instanceof Date)
    .sort((a, b) => a.getTime() - b.getTime());
  const [end] = ends;
  if (end && end.getTime() <= serverTime.getTime())
    throw new OpenPgpError(
      'expired',
      `This ${part} has expired at ${plain(end)}; the server’s clock says ${plain(serverTime)}. ${consequence} Use another key, or extend this one.`,
    );
}

function refuse(what: string): never {
  throw new OpenPgpError(
    'unsupported-by-server',
    `Not every server can encrypt to ${what}. ${consequence} Use an RSA key, or Curve25519 in the form that gpg 2.2 makes.`,
  );
}

/**
 * Servers whose library knows the forms of RFC 9580: Vault since 1.20, OpenBao since 2.6 (and Vault 2, by its
 * number). To others they are no encryption keys at all, and nothing says so before the last share.
 */
function knowsNewForms(version: string): boolean {
  const { major, minor } = serverVersion(version) ?? { major: 0, minor: 0 };
  return major === 1 ? minor >= 20 : major > 2 || (major === 2 && minor >= 6);
}

function checkAlgorithm(key: PublicKey | Subkey, version: string): void {
  const { algorithm, bits, curve } = key.getAlgorithmInfo();
  if (algorithm === 'rsaEncryptSign' || algorithm === 'rsaEncrypt') {
    if ((bits ?? 0) < leastRsaBits) refuse(`an RSA key of only ${bits ?? 0} bits`);
    return;
  }
  // Old, and made by gpg no more; every server's library encrypts to it.
  if (algorithm === 'elgamal') return;
  if (algorithm === 'ecdh' && curve !== undefined && serverCurves.has(curve)) return;
  if ((algorithm === 'x25519' || algorithm === 'x448') && knowsNewForms(version)) return;
  refuse(`this kind of key (${curve ?? algorithm})`);
}

const canEncrypt = (key: PublicKey | Subkey): boolean =>
  ['rsaEncryptSign', 'rsaEncrypt', 'ecdh', 'elgamal', 'x25519', 'x448'].includes(
    key.getAlgorithmInfo().algorithm,
  );

const flagged = (signature: SignaturePacket): boolean =>
  ((signature.keyFlags?.[0] ?? 0) & encryptCommunications) !== 0;

/**
 * The User ID whose self-signature speaks for the key, by the servers' order: marked as primary, then the
 * newest.
 */
async function primaryCandidate(key: PublicKey): Promise<Candidate> {
  const signatures: SignaturePacket[] = [];
  for (const user of key.users) {
    if (!user.userID) continue;
    const about = { userID: user.userID, userAttribute: user.userAttribute, key: key.keyPacket };
    const signature = newest(await allGenuine(key, user.selfCertifications, null, about));
    const revocations = await valid(key, user.revocationSignatures, enums.signature.certRevocation, about);
    if (signature && revocations.length === 0) signatures.push(signature);
  }
  const signature = newest(signatures.filter((one) => one.isPrimaryUserID)) ?? newest(signatures);
  if (signature) return { key, signature };
  throw new OpenPgpError(
    'cannot-encrypt',
    'No User ID of this key is signed by the key itself, so no server accepts it. Export it again, whole.',
  );
}

async function subkeyCandidates(key: PublicKey): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const subkey of key.subkeys) {
    const about = { key: key.keyPacket, bind: subkey.keyPacket };
    const signature = newest(
      await valid(key, subkey.bindingSignatures, enums.signature.subkeyBinding, about),
    );
    if (!signature || !flagged(signature) || !canEncrypt(subkey)) continue;
    const revocations = await valid(
      key,
      subkey.revocationSignatures,
      enums.signature.subkeyRevocation,
      about,
    );
    if (revocations.length === 0) candidates.push({ key: subkey, signature });
  }
  return candidates.sort((a, b) => created(b.signature) - created(a.signature));
}

async function isRevoked(key: PublicKey): Promise<boolean> {
  const about = { key: key.keyPacket };
  return (await valid(key, key.revocationSignatures, enums.signature.keyRevocation, about)).length > 0;
}

/**
 * Checks before an attempt starts what would make the server panic at its last share, with a live root
 * token made and lost (docs/server-facts.md, "A key that the server can't use"): `binary` must be a key
 * that the server can encrypt to at `serverTime`, the time of the server's `Date` header, to the second
 * and without tolerance. `version`: what the server says of itself; left out, every Vault ≥ 1.14 and
 * OpenBao has to. Like the server, it takes the newest encryption subkey that serves, else the primary
 * key. (Vault before 1.14 knows RSA only.) Throws `OpenPgpError`: `expired`, `future`, `revoked`,
 * `cannot-encrypt`, `unsupported-by-server`, and those of `parsePublicKey`.
 */
export async function checkKeyForServer(binary: Uint8Array, serverTime: Date, version = ''): Promise<void> {
  const key = await readPublicKey(binary);
  if (key.keyPacket.version === 6 && !knowsNewForms(version)) refuse('a key of OpenPGP version 6');
  if (await isRevoked(key))
    throw new OpenPgpError(
      'revoked',
      `This key has been revoked by its owner. ${consequence} Use another key.`,
    );
  const primary = await primaryCandidate(key);
  checkTimes('key', primary, serverTime);
  const subkeys = await subkeyCandidates(key);
  let reason: unknown;
  for (const candidate of subkeys) {
    try {
      checkTimes('encryption subkey', candidate, serverTime);
    } catch (error) {
      reason ??= error;
      continue;
    }
    // The server takes the newest subkey that is in force, whatever its kind: a second one does not help.
    return checkAlgorithm(candidate.key, version);
  }
  if (flagged(primary.signature) && canEncrypt(key)) return checkAlgorithm(key, version);
  if (reason !== undefined) throw reason;
  throw new OpenPgpError(
    'cannot-encrypt',
    `This key can sign but not encrypt. ${consequence} Use a key that has an encryption subkey.`,
  );
}
