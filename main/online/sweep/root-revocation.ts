import { readTokenFacts, refuseComplaint, type TokenFacts } from '../server/answer';
import type { ServerClient } from '../server/client';
import type { StationContext } from '../station-context';
import { asking } from '../token/asked-again';
import { LiveTokenError, lookupRefused } from '../token/live-token-error';
import { askForToken, isUnknown, isUnknownAccessor } from '../token/lookup';
import { type Revocation, revokeToken } from '../token/revoke';
import { foundRootToken, isRootToken } from '../token/root-token-found';
import { accountsOf } from './accounted';
import { lostLimitedTokens, strayOf } from './lost-limited-token';
import { serverNow } from './station-sweep';
import { cutOffPlace, type RecordPlace, type RecordWishes, revocationPlace } from './sweep-record';

/** What became of a root token that was chosen from a sweep. */
export type RootRevocation =
  | (Revocation & {
      readonly kind: 'revoked';
      /** Hex of the ceremony in whose transcript it stands; null: in the home's journal. */
      readonly ceremony: string | null;
    })
  /** The server doesn't know it any more: it ended, or somebody else revoked it. Nothing was done. */
  | { readonly kind: 'gone'; readonly accessor: string };

/**
 * Revokes by its accessor a root token, or a limited one whose making was lost, and proves it; on record
 * before and after. Throws `LiveTokenError`
 * 'no-root-token', 'lookup-refused', and as `revokeToken` and `revocationPlace` do.
 */
export async function revokeRootToken(
  context: StationContext,
  accessor: string,
  { ceremony, rehearsal }: Omit<RecordWishes, 'server'>,
): Promise<RootRevocation> {
  const { client, home } = context;
  const { server, ahead } = await serverNow(context);
  const wishes = { server, ceremony, rehearsal };
  const facts = await factsByAccessor(client, accessor);
  if (facts === null) {
    const place = cutOffPlace(context, wishes, accessor);
    return place === null ? { kind: 'gone', accessor } : revokedAt(client, accessor, place);
  }
  if (!isRootToken(facts) && strayOf(lostLimitedTokens(home, server), { ...facts, accessor }, ahead) !== null)
    // In its ceremony's transcript it would stand as the end of the root token.
    return revokedAt(client, accessor, revocationPlace(context, { ...wishes, ceremony: undefined }, null));
  if (!isRootToken(facts)) {
    throw new LiveTokenError(
      'no-root-token',
      `The token with accessor ${accessor} is no root token (policies: ${facts.policies.join(', ') || 'none'}), so it was not revoked.`,
      'Any token is revoked by airlock online revoke --accessor ACCESSOR.',
    );
  }
  const account = accountsOf(home, server, ahead).of(foundRootToken(accessor, facts));
  return revokedAt(client, accessor, revocationPlace(context, wishes, account));
}

async function revokedAt(
  client: ServerClient,
  accessor: string,
  { journal, state }: RecordPlace,
): Promise<RootRevocation> {
  const revocation = await revokeToken(client, { accessor }, journal);
  return { kind: 'revoked', ...revocation, ceremony: state?.id ?? null };
}

/**
 * Null where the server doesn't know the accessor. Throws `LiveTokenError` 'token-needed', 'lookup-refused'.
 */
export async function factsByAccessor(client: ServerClient, accessor: string): Promise<TokenFacts | null> {
  if (!client.hasToken) {
    throw new LiveTokenError(
      'token-needed',
      'A token is looked up by its accessor with another token that may do so, and there is none here.',
      'Set VAULT_TOKEN (or BAO_TOKEN), or give --server-token-file.',
    );
  }
  const answer = await asking(() => askForToken(client, { accessor }));
  if (answer.ok) return readTokenFacts(answer, client.address);
  if (isUnknownAccessor(answer)) return null;
  if (isUnknown(answer)) throw lookupRefused(client.address, answer.complaint || `status ${answer.status}`);
  refuseComplaint(answer, client.address);
  return null;
}
