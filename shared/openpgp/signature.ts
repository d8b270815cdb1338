import {
  config,
  createMessage,
  enums,
  type Key,
  type LiteralDataPacket,
  type PublicKey,
  readSignature,
  type Signature,
  type SignaturePacket,
  type Subkey,
  sign,
} from 'openpgp';
import { remembered } from '../remembered';
import { hexSha256 } from '../sha256';
import { anyTime } from './any-time';
import { readPublicKey } from './certificate';
import { maxSignatureBytes } from './limits';
import { OpenPgpError } from './openpgp-error';
import { fitsByPlatform, ownSignature } from './own-ed25519';
import { withPrivateKey } from './private-key';
import { shortSignature } from './short-signature';

/** When the key and its own signatures came to be: no signature of it may claim to be older. */
function bornAt(key: Key): number {
  const signatures = [
    ...key.users.flatMap((user) => user.selfCertifications),
    ...key.subkeys.flatMap((subkey) => subkey.bindingSignatures),
  ];
  return Math.max(
    key.getCreationTime().getTime(),
    ...signatures.map(({ created }) => created?.getTime() ?? 0),
  );
}

/**
 * A detached binary signature over `bytes` by a binary, unlocked private key; `gpg --verify` takes it. It
 * claims to be from `now`, by default the clock, but is never older than its key, whatever the clock says.
 * Throws `OpenPgpError`: `not-a-private-key`, `locked`, `cannot-sign`.
 */
export async function signDetached(
  bytes: Uint8Array,
  privateKey: Uint8Array,
  now = new Date(),
): Promise<Uint8Array> {
  return withPrivateKey(privateKey, async (key) => {
    const date = new Date(Math.max(now.getTime(), bornAt(key)));
    try {
      const message = await createMessage({ binary: bytes });
      const signature: unknown = await sign({
        message,
        signingKeys: key,
        detached: true,
        date,
        format: 'binary',
        config: shortSignature,
      });
      if (signature instanceof Uint8Array) return signature;
    } catch {
      // Said below: openpgp's own words are for programmers.
    }
    throw new OpenPgpError(
      'cannot-sign',
      'This key cannot sign: it is expired or revoked, or was not made for it.',
    );
  });
}

/** A binary detached signature as the text of an `.asc` file. Throws `OpenPgpError` `not-a-signature`. */
export async function armorSignature(bytes: Uint8Array): Promise<string> {
  // Not openpgp's bare `armor`: that leaves out the checksum, which gpg 2.2 misses where base64 ends without
  // “=”.
  return (await parseSignature(bytes)).armor();
}

async function parseSignature(signature: Uint8Array | string): Promise<Signature> {
  // Of one signature, which this is to be, even a hundredth would be large.
  if (signature.length > maxSignatureBytes) throw notASignature();
  try {
    const parsed =
      typeof signature === 'string'
        ? await readSignature({ armoredSignature: signature.trim() })
        : await readSignature({ binarySignature: signature });
    if (parsed.packets.length > 0) return parsed;
  } catch {
    // Said below.
  }
  throw notASignature();
}

const notASignature = (): OpenPgpError =>
  new OpenPgpError('not-a-signature', 'This is not an OpenPGP signature, or it is damaged.');

/** A key that signatures are checked by, and its parts that may sign, by their ids. */
interface Signer {
  readonly key: PublicKey;
  readonly parts: Map<string, PublicKey | Subkey>;
}

/**
 * The same few people sign everything that a program sees. Reading a key, and checking what it says of
 * itself, takes longer than checking a signature by it, and, as no clock takes part, always ends the same.
 */
const signerOf = remembered<Signer, Uint8Array>(
  { most: 500, longest: 16_384 },
  async (key) => ({ key: await readPublicKey(key.slice()), parts: new Map() }),
  hexSha256,
);

async function signingPart(
  { key, parts }: Signer,
  { issuerKeyID }: SignaturePacket,
): Promise<PublicKey | Subkey | null> {
  const id = issuerKeyID.toHex();
  const known = parts.get(id);
  if (known !== undefined) return known;
  try {
    const part = await key.getSigningKey(issuerKeyID, null);
    parts.set(id, part);
    return part;
  } catch {
    return null;
  }
}

/**
 * Whether it is a signature in Airlock's own form, by a part of the key that was found fit to sign, and the
 * platform says that it fits. Where it isn't, openpgp judges, and says what is wrong.
 */
async function isKnownToFit(
  bytes: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const own = ownSignature(signature);
  if (own === null) return false;
  const part = (await signerOf(publicKey)).parts.get(own.issuer);
  return part !== undefined && fitsByPlatform(bytes, own, part);
}

async function literalOf(bytes: Uint8Array): Promise<LiteralDataPacket> {
  const message = await createMessage({ binary: bytes });
  // openpgp makes such a message of one literal packet, always.
  return message.packets.findPacket(enums.packet.literalData) as LiteralDataPacket;
}

/**
 * Resolves if `signature` (binary, or armored text) is exactly one detached signature over exactly `bytes` by
 * the key (binary or armored). No clock takes part: neither a key nor a signature from the future, nor an
 * expired key, makes it fail, since the clocks of air-gapped machines are wrong. A revoked key does. Throws
 * `OpenPgpError`: `not-a-signature`, `bad-signature`, and those of `parsePublicKey`.
 */
export async function verifyDetached(
  bytes: Uint8Array,
  signature: Uint8Array | string,
  publicKey: Uint8Array,
): Promise<void> {
  if (typeof signature !== 'string' && (await isKnownToFit(bytes, signature, publicKey))) return;
  const { packets } = await parseSignature(signature);
  const signer = await signerOf(publicKey);
  const bad = (message: string): OpenPgpError => new OpenPgpError('bad-signature', message);
  const [packet, ...others] = packets;
  if (!packet || others.length > 0) throw bad('There must be one signature, and there are several.');
  if (packet.signatureType !== enums.signature.binary)
    throw bad('The signature is of a kind that is not used here: it must be a detached binary one.');
  const part = await signingPart(signer, packet);
  if (part === null)
    throw bad('The signature is not by this key, or the key may no longer sign (it was revoked).');
  try {
    const literal = await literalOf(bytes);
    await packet.verify(part.keyPacket, enums.signature.binary, literal, anyTime, true, config);
  } catch {
    throw bad(
      'The signature does not fit what it should have signed: one of them was changed, or belongs elsewhere.',
    );
  }
}
