import { type Answer, readAnswer, readTokenFacts, refuseComplaint, type TokenFacts } from '../server/answer';
import type { ServerClient } from '../server/client';
import { requestLookupAccessor, requestLookupSelf } from '../server/requests';

/**
 * Which token: itself (ASCII bytes, the caller's to wipe), or its accessor, with the configured token's right
 * to it.
 */
export type TokenName = { readonly token: Uint8Array } | { readonly accessor: string };

/** What the server knows of a token, or null where it knows none such. Throws `ServerError`. */
export async function lookupToken(client: ServerClient, name: TokenName): Promise<TokenFacts | null> {
  const answer = await askForToken(client, name);
  if (answer.ok) return readTokenFacts(answer, client.address);
  if ('token' in name ? isUnknown(answer) : isUnknownAccessor(answer)) return null;
  refuseComplaint(answer, client.address);
  return null;
}

/** The server's answer about a token, whatever it says. Throws `ServerError`. */
export async function askForToken(client: ServerClient, name: TokenName): Promise<Answer> {
  const raw =
    'token' in name
      ? await requestLookupSelf(client, name.token)
      : await requestLookupAccessor(client, name.accessor);
  return readAnswer(raw, client.address);
}

/**
 * What the server knows of the token that this station asks with: null where it doesn't know that one, or
 * doesn't let it look itself up. Throws `ServerError`.
 */
export async function lookupAsker(client: ServerClient): Promise<TokenFacts | null> {
  const answer = readAnswer(await requestLookupSelf(client, 'configured'), client.address);
  if (answer.ok) return readTokenFacts(answer, client.address);
  if (isUnknown(answer)) return null;
  refuseComplaint(answer, client.address);
  return null;
}

/** Whether a server says so of a token that it doesn't know. */
export const isUnknown = ({ status, complaint }: Answer): boolean =>
  status === 403 || /permission denied|bad token|invalid token/i.test(complaint);

/**
 * Whether a server says so of an accessor that it doesn't know. That it has no such path is another matter.
 */
export const isUnknownAccessor = ({ status, complaint }: Answer): boolean =>
  !/no handler for route|unsupported path/i.test(complaint) &&
  (status === 404 || /invalid accessor|not found/i.test(complaint));

/** A token's accessor for the record: it is no secret, and tells years later which token it was. */
export const recordedAccessor = (facts: TokenFacts | null): { accessor?: string } =>
  facts?.accessor ? { accessor: facts.accessor } : {};
