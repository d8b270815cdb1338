import type { KeyAlgorithm } from './key-pair';

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
  const [number, major = '0', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (number === undefined)
    return {
      algorithm: 'rsa3072',
      because: 'The server’s version is not known here. Every server can encrypt to an RSA key.',
    };
  if (Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 14))
    return {
      algorithm: 'curve25519',
      because: `The server says that it is version ${version}. It can encrypt to Curve25519, which is small and made at once.`,
    };
  return {
    algorithm: 'rsa3072',
    because: `The server says that it is version ${version}. Before 1.14, Vault can encrypt to RSA keys only.`,
  };
}
