import type { KeyAlgorithm } from './key-pair';
import { serverVersion } from './server-version';

/** The kind of key to make for a server, and why, in a sentence. */
export interface KeyKind {
  readonly algorithm: KeyAlgorithm;
  readonly because: string;
}

/**
 * Which kind of key is right for a server, by what it says of its version: Curve25519 where the server can
 * encrypt to it, as every Vault since 1.14 and every OpenBao can, and RSA where it can't, or where that isn't
 * known (docs/server-facts.md, "A key that the server can't use").
 */
export function keyKindFor(version: string): KeyKind {
  const number = serverVersion(version);
  if (number === null)
    return {
      algorithm: 'rsa3072',
      because: 'The server’s version is not known here. Every server can encrypt to an RSA key.',
    };
  if (number.major > 1 || (number.major === 1 && number.minor >= 14))
    return {
      algorithm: 'curve25519',
      because: `The server says that it is version ${version}. It can encrypt to Curve25519, which is small and made at once.`,
    };
  return {
    algorithm: 'rsa3072',
    because: `The server says that it is version ${version}. Before 1.14, Vault can encrypt to RSA keys only.`,
  };
}
