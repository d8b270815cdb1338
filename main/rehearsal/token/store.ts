import type { TokenFormat } from '../../../shared/token/root-token';
import { newAccessor, newToken } from './format';

/** What tokens tell of the namespace that they belong to. */
export interface TokenNamespace {
  readonly id: string;
  readonly uuid: string;
  /** With a slash at its end. */
  readonly path: string;
}

/** A token's or accessor's text, with its namespace at the end. */
export const placed = (text: string, namespace: TokenNamespace | null): string =>
  namespace === null ? text : `${text}.${namespace.id}`;

export interface TokenEntry {
  readonly id: string;
  /** '' for a batch token. */
  readonly accessor: string;
  readonly type: 'service' | 'batch';
  readonly policies: readonly string[];
  /** `null` for the whole server. */
  readonly namespace: TokenNamespace | null;
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
  /** The same, by accessor: a sweep asks for each of very many. */
  readonly #byAccessor = new Map<string, TokenEntry>();
  /** When the next token ends, milliseconds since 1970: before that there is none to drop. */
  #nextEnd = Number.POSITIVE_INFINITY;

  constructor(format: TokenFormat) {
    this.format = format;
  }

  /** Makes a root token such as initialization and `generate-root` make. */
  createRoot(namespace: TokenNamespace | null = null): string {
    const id = placed(newToken(this.format), namespace);
    this.add({
      id,
      accessor: placed(newAccessor(this.format), namespace),
      type: 'service',
      policies: ['root'],
      namespace,
      path: `${namespace === null ? '' : `namespaces/${namespace.uuid}/`}auth/token/root`,
      meta: null,
      displayName: namespace === null ? 'root' : `${namespace.id}_root`,
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
    if (entry.accessor !== '') this.#byAccessor.set(entry.accessor, entry);
    this.#nextEnd = Math.min(this.#nextEnd, endOf(entry));
  }

  /** The token, unless it is unknown, revoked or expired. */
  find(id: string): TokenEntry | undefined {
    this.#dropExpired();
    return this.#entries.get(id);
  }

  findByAccessor(accessor: string): TokenEntry | undefined {
    this.#dropExpired();
    return this.#byAccessor.get(accessor);
  }

  /** The accessors of a namespace's own tokens; `null` is the whole server, without its namespaces. */
  accessors(namespace: TokenNamespace | null): string[] {
    return this.#within(namespace)
      .map((entry) => entry.accessor)
      .filter((accessor) => accessor !== '');
  }

  /** Revokes all tokens of a namespace that is no more. */
  revokeAll(namespace: TokenNamespace): void {
    for (const entry of this.#within(namespace)) this.revoke(entry);
  }

  #within(namespace: TokenNamespace | null): TokenEntry[] {
    this.#dropExpired();
    return [...this.#entries.values()].filter((entry) => entry.namespace?.id === namespace?.id);
  }

  /** Revokes the token and those made with it. */
  revoke(entry: TokenEntry): void {
    this.#entries.delete(entry.id);
    this.#byAccessor.delete(entry.accessor);
    for (const each of [...this.#entries.values()]) {
      if (each.parent === entry) this.revoke(each);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#byAccessor.clear();
  }

  #dropExpired(): void {
    const now = Date.now();
    if (now < this.#nextEnd) return;
    for (const entry of [...this.#entries.values()]) {
      if (endOf(entry) <= now) this.revoke(entry);
    }
    this.#nextEnd = [...this.#entries.values()].reduce(
      (next, entry) => Math.min(next, endOf(entry)),
      Number.POSITIVE_INFINITY,
    );
  }
}

/** When a token ends by itself, milliseconds since 1970. */
const endOf = ({ created, ttl }: TokenEntry): number =>
  ttl > 0 ? created + ttl * 1000 : Number.POSITIVE_INFINITY;

export const isRoot = (entry: TokenEntry): boolean => entry.policies.includes('root');

/** Whether a place is a token's own, or lies below it; `null` is the whole server. */
export const isWithin = (place: TokenNamespace | null, home: TokenNamespace | null): boolean =>
  home === null || place?.path.startsWith(home.path) === true;
