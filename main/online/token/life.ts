import { randomBytes } from 'node:crypto';
import { toHex } from '../../../shared/bytes';
import type { Journal } from '../../store/journal';
import { OnlineError } from '../online-error';
import { type Answer, readAnswer, readTokenFacts, refuseComplaint, type TokenFacts } from '../server/answer';
import type { ServerClient } from '../server/client';

/** Which token: itself (ASCII bytes, the caller's to wipe), or its accessor, with the configured token's right to it. */
export type TokenName = { readonly token: Uint8Array } | { readonly accessor: string };

export interface Revocation {
  readonly accessor: string;
  readonly by: 'token' | 'accessor';
  readonly policies: readonly string[];
  /** How it was seen that the token is dead. */
  readonly proof: string;
}

/** What the server knows of a token, or null where it knows none such. Throws `OnlineError`. */
export async function lookupToken(client: ServerClient, name: TokenName): Promise<TokenFacts | null> {
  const answer = await lookup(client, name);
  if (answer.ok) return readTokenFacts(answer, client.address);
  if ('token' in name && isUnknown(answer)) return null;
  if ('accessor' in name && /invalid accessor|lease not found|not found/i.test(answer.complaint)) return null;
  if ('accessor' in name && answer.status === 404) return null;
  refuseComplaint(answer, client.address);
  return null;
}

/**
 * Revokes a token and proves it by looking it up. Throws `OnlineError` 'token-needed' (an accessor says nothing without a
 * token), 'unknown-token', 'not-revoked'.
 */
export async function revokeToken(
  client: ServerClient,
  name: TokenName,
  journal: Journal,
): Promise<Revocation> {
  const by = 'token' in name ? 'token' : 'accessor';
  if (by === 'accessor' && !client.hasToken) {
    throw new OnlineError(
      'token-needed',
      'Revoking by accessor needs a token that may do so. Set VAULT_TOKEN (or BAO_TOKEN), or give --server-token-file. The token itself revokes without one: --token-file.',
    );
  }
  const facts = await lookupToken(client, name);
  if (facts === null) {
    throw new OnlineError(
      'unknown-token',
      by === 'token'
        ? "The server doesn't know this token: it was revoked already, it has ended, or it was never of this server. Nothing was revoked."
        : "The server doesn't know this accessor: its token was revoked already, it has ended, or it was never of this server. Nothing was revoked.",
    );
  }
  journal.append('revoke-intent', { by });
  const answer =
    'token' in name
      ? await client.request('PUT', 'auth/token/revoke-self', { token: name.token })
      : await client.request('PUT', 'auth/token/revoke-accessor', {
          token: 'configured',
          body: accessorBody(name.accessor),
        });
  refuseComplaint(readAnswer(answer, client.address), client.address);

  const after = await lookup(client, name);
  if (after.ok) {
    throw new OnlineError(
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
  journal.append('token-revoked', { by, proof, ...recorded(facts) });
  return { accessor: facts.accessor, by, policies: facts.policies, proof };
}

/**
 * Uses a root token once for something harmless: makes a child token of one minute with the policy `default`, and revokes it.
 * Throws `OnlineError`.
 */
export async function spendToken(
  client: ServerClient,
  token: Uint8Array,
  journal: Journal,
): Promise<{ readonly what: string }> {
  const name = `airlock-${toHex(new Uint8Array(randomBytes(4)))}`;
  const what = `auth/token/create: a child token of one minute with policy default (${name}), revoked at once`;
  // An accessor is no secret, and tells years later which token it was.
  journal.append('token-used', { what, ...recorded(await lookupToken(client, { token })) });
  const body = jsonBytes({ policies: ['default'], ttl: '60s', display_name: name, renewable: false });
  const made = readAnswer(await client.request('POST', 'auth/token/create', { token, body }), client.address);
  refuseComplaint(made, client.address);
  const auth = made.json['auth'];
  const accessor =
    typeof auth === 'object' && auth !== null && 'accessor' in auth ? String(auth.accessor) : '';
  const revoked = await client.request('PUT', 'auth/token/revoke-accessor', {
    token,
    body: accessorBody(accessor),
  });
  refuseComplaint(readAnswer(revoked, client.address), client.address);
  return { what };
}

const recorded = (facts: TokenFacts | null): { accessor?: string } =>
  facts?.accessor ? { accessor: facts.accessor } : {};

async function lookup(client: ServerClient, name: TokenName): Promise<Answer> {
  const raw =
    'token' in name
      ? await client.request('GET', 'auth/token/lookup-self', { token: name.token })
      : await client.request('POST', 'auth/token/lookup-accessor', {
          token: 'configured',
          body: accessorBody(name.accessor),
        });
  return readAnswer(raw, client.address);
}

const isUnknown = ({ status, complaint }: Answer): boolean =>
  status === 403 || /permission denied|bad token|invalid token/i.test(complaint);

const accessorBody = (accessor: string): Uint8Array => jsonBytes({ accessor });
const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
