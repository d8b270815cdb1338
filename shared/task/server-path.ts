/** What a path is made of, besides slashes: nothing that is escaped, and so could be read in two ways. */
const segment = /^[A-Za-z0-9_.:@=+~-]+$/;

/** Whether a path names a place on the server as it is: no empty segment, none that leads elsewhere. */
export const isServerPath = (path: string): boolean =>
  path.split('/').every((part) => segment.test(part) && part !== '.' && part !== '..');

/** A path as people have it: without `/v1/` or a slash around it. */
export const tidyPath = (text: string): string =>
  text
    .trim()
    .replace(/^\/?v1\//, '')
    .replace(/^\/+|\/+$/g, '');

/** Places that a plan must not reach by a bare request, and what to say of each. */
const closed: readonly (readonly [RegExp, string])[] = [
  [
    /^sys\/(generate-root|generate-root-token|generate-recovery-token|decode-token)(\/|$)/,
    'It would touch an attempt to make a root token: this one, or another. That is what the ceremony itself does.',
  ],
  [
    /^sys\/(seal|unseal|init|step-down|rekey|rekey-recovery-key|seal-backend|sealwrap)(\/|$)/,
    'It would touch the seal: the token and the ceremony could end with it.',
  ],
  [
    /^sys\/rotate\/(root|recovery)(\/|$)/,
    'It would make new shares: those that custodians hold would be worth nothing.',
  ],
  [
    /^sys\/namespaces\/.+\/(seal|unseal|generate-root|generate-root-token|rotate|rekey)(\/|$)/,
    'It would touch the seal or the root tokens of a namespace.',
  ],
  [
    /^sys\/(raw|replication|storage\/raft)(\/|$)/,
    'It would reach below what the server guards: its storage, its members or its replicas.',
  ],
  [
    /^auth\/token\/(create|create-orphan)(\/|$)/,
    'A token that the plan makes is a task of its own, whose properties everyone can read: “Create a limited token”.',
  ],
  [
    /^auth\/token\/(lookup|lookup-self)(\/|$)/,
    'The server answers with the token itself: whoever that is sealed to would have it.',
  ],
  [
    /^auth\/token\/(revoke|revoke-self|revoke-orphan|revoke-accessor|revoke-prefix|renew|renew-self|renew-accessor)(\/|$)/,
    'Tokens are revoked by tasks of their own: “Revoke a token by its accessor”, and the last one, which revokes this token.',
  ],
  [
    /^sys\/(revoke-prefix|revoke-force|leases\/revoke-prefix|leases\/revoke-force)\/auth(\/|$)/,
    'It would revoke tokens without naming them. “Revoke a token by its accessor” names each.',
  ],
];

/**
 * Why a bare request must not go to a path, as a sentence; null where it may. A server takes the name of a
 * namespace before the path, so that the path is looked at from each of its segments on.
 */
export function whyClosed(path: string): string | null {
  const parts = path.split('/');
  for (let from = 0; from < parts.length; from++) {
    const rest = parts.slice(from).join('/');
    const found = closed.find(([place]) => place.test(rest));
    if (found !== undefined) return found[1];
  }
  return null;
}
