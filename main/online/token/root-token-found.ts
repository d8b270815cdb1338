import type { TokenFacts } from '../server/answer';

/** A root token that lives on the server, as a lookup by its accessor tells of it. No secret. */
export interface FoundRootToken {
  readonly accessor: string;
  /** By the server's clock; null where it doesn't say. */
  readonly createdAt: Date | null;
  /** As the server gives it: `auth/token/root` of one that was made from shares, or by init. */
  readonly path: string;
  readonly displayName: string;
  /** Seconds that it has left; 0: it never ends by itself. */
  readonly ttl: number;
}

/** Whoever has the policy `root` may do everything, whatever else stands beside it. */
export const isRootToken = ({ policies }: TokenFacts): boolean => policies.includes('root');

/** Whether a token of this path was made from shares, or by init: no other token made it. */
export const isMadeFromShares = (path: string): boolean =>
  /^(?:namespaces\/[^/]+\/)?auth\/token\/root$/.test(path);

/** `accessor`: by which it was looked up. */
export const foundRootToken = (accessor: string, facts: TokenFacts): FoundRootToken => ({
  accessor,
  createdAt: facts.creationTime > 0 ? new Date(facts.creationTime * 1000) : null,
  path: facts.path,
  displayName: facts.displayName,
  ttl: facts.ttl,
});
