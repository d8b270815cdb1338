import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { verifyBy } from '../../shared/openpgp/own-ed25519';
import { hashBy } from '../../shared/sha256';

/** As many people as sign in a large company's ceremonies. */
const MOST_KEYS = 1000;
const keys = new Map<string, KeyObject>();

/** Has digests and signatures of transcripts checked by Node's own cryptography. */
export function useNativeCryptography(): void {
  hashBy((content) => hash('sha256', content));
  verifyBy({
    sha512: (parts) => hash('sha512', Buffer.concat(parts), 'buffer'),
    ed25519: (publicKey, message, signature) => verify(null, message, keyOf(publicKey), signature),
  });
}

function keyOf(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  const known = keys.get(x);
  if (known !== undefined) return known;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  keys.set(x, key);
  return key;
}
