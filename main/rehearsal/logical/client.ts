import type { Wording } from '../generation';
import { coreRefusal, Refusal } from '../http/reply';
import type { Namespace } from '../namespace/namespace';
import { isRoot, isWithin, type TokenEntry, type TokenStore } from '../token/store';

/** What somebody wants to call. */
export interface Wish {
  /** Where; `null` is the whole server. */
  readonly namespace: Namespace | null;
  /** Whether the default policy allows it. */
  readonly isAllowedByDefault: boolean;
}

/**
 * Who calls, with one use less. The caller revokes it after its last one. Throws `Refusal` 403 where the
 * token is missing, is none, or may not call that.
 */
export function clientOf(tokens: TokenStore, token: string, words: Wording, wish: Wish): TokenEntry {
  if (token === '') throw new Refusal(403, 'permission denied');
  const client = tokens.find(token);
  if (client === undefined) {
    throw words.namesUnknownToken
      ? coreRefusal(403, 'permission denied', 'invalid token')
      : new Refusal(403, 'permission denied');
  }
  if (client.numUses > 0) client.numUses = client.numUses === 1 ? -1 : client.numUses - 1;
  if (mayCall(client, wish)) return client;
  if (client.numUses < 0) tokens.revoke(client);
  throw coreRefusal(403, 'permission denied');
}

/** A token of a namespace sees and revokes itself from everywhere, and does all else at home only. */
function mayCall(client: TokenEntry, { namespace, isAllowedByDefault }: Wish): boolean {
  if (isRoot(client)) return isAllowedByDefault || isWithin(namespace, client.namespace);
  return isAllowedByDefault && client.policies.includes('default');
}
