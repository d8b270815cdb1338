import type { Journal } from '../../store/journal';
import { readAnswer, refuseComplaint } from '../server/answer';
import type { ServerClient } from '../server/client';
import { requestRevokeAccessor, requestRevokeSelf } from '../server/requests';
import { LiveTokenError } from './live-token-error';
import { askForToken, isUnknown, lookupToken, recordedAccessor, type TokenName } from './lookup';

/** A token that was revoked, and the proof of it. */
export interface Revocation {
  readonly accessor: string;
  /** 'restart': with the recovery mode that a recovery token was made in. */
  readonly by: 'token' | 'accessor' | 'restart';
  readonly policies: readonly string[];
  /** How it was seen that the token is dead. */
  readonly proof: string;
}

/**
 * Revokes a token and proves it by looking it up. Throws `LiveTokenError` 'token-needed' (an accessor says
 * nothing without a token), 'unknown-token', 'not-revoked', and `ServerError`, `StoreError`.
 */
export async function revokeToken(
  client: ServerClient,
  name: TokenName,
  journal: Journal,
): Promise<Revocation> {
  const by = 'token' in name ? 'token' : 'accessor';
  if (by === 'accessor' && !client.hasToken) {
    throw new LiveTokenError(
      'token-needed',
      'Revoking by accessor needs a token that may do so. The token itself can be revoked without another.',
      'Set VAULT_TOKEN (or BAO_TOKEN), or give --server-token-file; or give the token itself with --token-file.',
    );
  }
  const facts = await lookupToken(client, name);
  if (facts === null) {
    throw new LiveTokenError(
      'unknown-token',
      by === 'token'
        ? "The server doesn't know this token: it was revoked already, it has ended, or it was never of this server. Nothing was revoked."
        : "The server doesn't know this accessor: its token was revoked already, it has ended, or it was never of this server. Nothing was revoked.",
    );
  }
  journal.append('revoke-intent', { by });
  const answer =
    'token' in name
      ? await requestRevokeSelf(client, name.token)
      : await requestRevokeAccessor(client, 'configured', name.accessor);
  refuseComplaint(readAnswer(answer, client.address), client.address);

  const after = await askForToken(client, name);
  if (after.ok) {
    throw new LiveTokenError(
      'not-revoked',
      `The server took the request, but still knows the token (accessor ${facts.accessor}). It is alive: revoke it again, and look at the server.`,
    );
  }
  const path = by === 'token' ? 'auth/token/lookup-self' : 'auth/token/lookup-accessor';
  const proof = `${path} answers ${after.status}${after.complaint ? `: ${after.complaint}` : ''}`.slice(
    0,
    300,
  );
  // A refusal must mean that the token is dead, not that this lookup isn't allowed.
  const dead =
    by === 'token'
      ? isUnknown(after)
      : after.status === 404 || /invalid accessor|not found/i.test(after.complaint) || isUnknown(after);
  if (!dead) refuseComplaint(after, client.address);
  journal.append('token-revoked', { by, proof, ...recordedAccessor(facts) });
  return { accessor: facts.accessor, by, policies: facts.policies, proof };
}
