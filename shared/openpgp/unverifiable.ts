import type { Key } from 'openpgp';

/**
 * Whether openpgp can't check what the primary key signed: on Node it needs a module for ECDSA on these
 * curves that isn't there. Servers can, and refuse a key with a false signature when the attempt starts,
 * before any token is made. So such a key is used, and its signatures are taken as they are.
 */
export function isUnverifiable(key: Key): boolean {
  const { algorithm, curve } = key.getAlgorithmInfo();
  return algorithm === 'ecdsa' && curve !== undefined && /^(?:brainpool|secp)/.test(curve);
}
