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
  if ('token' in name && isUnknown(answer)) return null;
  if ('accessor' in name && /invalid accessor|lease not found|not found/i.test(answer.complaint)) return null;
  if ('accessor' in name && answer.status === 404) return null;
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

/** Whether a server says so of a token that it doesn't know. */
export const isUnknown = ({ status, complaint }: Answer): boolean =>
  status === 403 || /permission denied|bad token|invalid token/i.test(complaint);

/** A token's accessor for the record: it is no secret, and tells years later which token it was. */
export const recordedAccessor = (facts: TokenFacts | null): { accessor?: string } =>
  facts?.accessor ? { accessor: facts.accessor } : {};
