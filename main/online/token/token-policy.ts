/** What may be asked of a server about tokens that this station doesn't hold. */
export type TokenRight = 'list' | 'lookup' | 'revoke';

/** Listing accessors is one of the paths for which the servers want `sudo` besides. */
const rights: Readonly<Record<TokenRight, string>> = {
  list: 'path "auth/token/accessors" { capabilities = ["list", "sudo"] }',
  lookup: 'path "auth/token/lookup-accessor" { capabilities = ["update"] }',
  revoke: 'path "auth/token/revoke-accessor" { capabilities = ["update"] }',
};

/** The lines of a policy that allow it, in the servers' own language. */
export const policyFor = (...wanted: readonly TokenRight[]): string =>
  wanted.map((right) => rights[right]).join(' ');
