import { serverVersion } from '../openpgp/server-version';

/** Who makes a server. */
export type Product = 'vault' | 'openbao';

interface Lines {
  /** The newest line that was known. */
  readonly newest: string;
  /**
   * When makers ceased to mend older lines, the newest first: the first line (major, minor) without mending.
   */
  readonly ended: readonly { readonly line: readonly [number, number]; readonly on: string }[];
}

/** When this table was made. */
export const SUPPORT_AS_OF = '2026-11-26';

// Both makers mend the newest line only (Vault's enterprise edition has terms of its own). So a line ends
// when the next one comes. Sources: endoflife.date, products/openbao.md (ad872c6) and
// products/hashicorp-vault.md (007fc5a); for Vault 1.19 the date of 1.20.0 in Vault's CHANGELOG. Vault 2.0.0
// was there by 2026-05-19.
const LINES: Readonly<Record<Product, Lines>> = {
  openbao: {
    newest: '2.7',
    ended: [
      { line: [2, 6], on: '2026-09-23' },
      { line: [2, 5], on: '2026-07-14' },
      { line: [2, 4], on: '2026-02-05' },
      { line: [2, 3], on: '2025-08-29' },
      { line: [2, 2], on: '2025-06-26' },
    ],
  },
  vault: {
    newest: '2.0',
    ended: [
      { line: [1, 21], on: '2026-05-19' },
      { line: [1, 19], on: '2025-06-25' },
      { line: [1, 18], on: '2025-03-04' },
      { line: [1, 17], on: '2024-10-09' },
      { line: [1, 16], on: '2024-06-10' },
    ],
  },
};

/** Whether a server's version is still mended by its makers. */
type Support =
  | { readonly kind: 'newest' | 'unknown' }
  /** `by`: by that day at the latest, ISO. */
  | { readonly kind: 'ended'; readonly by: string; readonly newest: string }
  /** Vault's enterprise edition: its makers' terms say. */
  | { readonly kind: 'own-terms' };

/** By the table above. `version`: as `sys/health` says it. */
export function supportOf(product: Product, version: string): Support {
  const known = serverVersion(version);
  if (known === null) return { kind: 'unknown' };
  if (/\+ent/.test(version)) return { kind: 'own-terms' };
  const { newest, ended } = LINES[product];
  const isUpTo = ([major, minor]: readonly [number, number]): boolean =>
    known.major < major || (known.major === major && known.minor <= minor);
  // The oldest line of the table that isn't older than this one: it ended then, or before.
  const end = ended.filter(({ line }) => isUpTo(line)).at(-1);
  return end === undefined ? { kind: 'newest' } : { kind: 'ended', by: end.on, newest };
}
