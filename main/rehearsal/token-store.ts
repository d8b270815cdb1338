import type { TokenFormat } from '../../shared/token/root-token';
import { newAccessor, newToken } from './token-format';

export interface TokenEntry {
  readonly id: string;
  /** '' for a batch token. */
  readonly accessor: string;
  readonly type: 'service' | 'batch';
  readonly policies: readonly string[];
  readonly path: string;
  readonly meta: Readonly<Record<string, string>> | null;
  readonly displayName: string;
  /** The token that made this one and takes it along when it is revoked; `null` for an orphan. */
  readonly parent: TokenEntry | null;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Seconds; 0: does not expire. */
  readonly ttl: number;
  readonly explicitMaxTtl: number;
  readonly period: number;
  readonly renewable: boolean;
  /** Uses left; 0: any number; -1: in its last one. */
  numUses: number;
}

/** The tokens of the server, in memory. */
export class TokenStore {
  readonly format: TokenFormat;
  readonly #entries = new Map<string, TokenEntry>();

  constructor(format: TokenFormat) {
    this.format = format;
  }

  /** Makes a root token such as initialization and `generate-root` make. */
  createRoot(): string {
    const id = newToken(this.format);
    this.add({
      id,
      accessor: newAccessor(this.format),
      type: 'service',
      policies: ['root'],
      path: 'auth/token/root',
      meta: null,
      displayName: 'root',
      parent: null,
      created: Date.now(),
      ttl: 0,
      explicitMaxTtl: 0,
      period: 0,
      renewable: false,
      numUses: 0,
    });
    return id;
  }

  add(entry: TokenEntry): void {
    this.#entries.set(entry.id, entry);
  }

  /** The token, unless it is unknown, revoked or expired. */
  find(id: string): TokenEntry | undefined {
    this.#dropExpired();
    return this.#entries.get(id);
  }

  findByAccessor(accessor: string): TokenEntry | undefined {
    this.#dropExpired();
    return [...this.#entries.values()].find((entry) => entry.accessor === accessor);
  }

  accessors(): string[] {
    this.#dropExpired();
    return [...this.#entries.values()].map((entry) => entry.accessor).filter((accessor) => accessor !== '');
  }

  /** Revokes the token and those made with it. */
  revoke(entry: TokenEntry): void {
    this.#entries.delete(entry.id);
    for (const each of [...this.#entries.values()]) {
      if (each.parent === entry) this.revoke(each);
    }
  }

  clear(): void {
    this.#entries.clear();
  }

  #dropExpired(): void {
    const now = Date.now();
    for (const entry of [...this.#entries.values()]) {
      if (entry.ttl > 0 && entry.created + entry.ttl * 1000 <= now) this.revoke(entry);
    }
  }
}

export const isRoot = (entry: TokenEntry): boolean => entry.policies.includes('root');
