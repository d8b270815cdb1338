import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

/**
 * The key of a home's seals, 32 bytes, to be wiped: derived by HKDF-SHA256 from the person's private signing
 * key (binary and unlocked), so that it exists only while that is unlocked. What the file shows of the key
 * pair without a passphrase goes into it, too: seals don't fit where that was changed.
 */
export const homeKeyOf = (privateKey: Uint8Array, fingerprint: Uint8Array): Uint8Array =>
  hkdf(sha256, privateKey, fingerprint, new TextEncoder().encode('airlock-home-seals v1'), 32);
