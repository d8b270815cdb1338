import { asciiText } from '../../../shared/bytes';
import type { Journal } from '../../store/journal';
import { type Answer, readAnswer, refuseComplaint } from '../server/answer';
import type { ServerClient } from '../server/client';
import { requestDeleteOperationToken } from '../server/requests';
import { LiveTokenError } from './live-token-error';
import type { Revocation } from './revoke';

/**
 * Deletes an operation token (ASCII bytes, the caller's to wipe) of a DR secondary, where tokens can't be
 * looked up: that the server refuses to delete it a second time is the proof. Throws `LiveTokenError`
 * 'unknown-token', 'not-revoked', and `ServerError`, `StoreError`.
 */
export async function deleteOperationToken(
  client: ServerClient,
  token: Uint8Array,
  journal: Journal,
): Promise<Revocation> {
  journal.append('revoke-intent', { by: 'token' });
  const first = await deleted(client, token);
  if (!first.ok && refusesToken(first)) {
    throw new LiveTokenError(
      'unknown-token',
      "The server doesn't know this operation token: it was deleted already, or it was never of this server. Nothing was deleted.",
    );
  }
  refuseComplaint(first, client.address);
  const second = await deleted(client, token);
  if (!refusesToken(second)) {
    throw new LiveTokenError(
      'not-revoked',
      'The server took the request to delete the operation token, and takes it a second time: that it is gone is not proven. Delete it again, and look at the server.',
    );
  }
  const proof = `operation-token/delete answers ${second.status}${second.complaint ? `: ${second.complaint}` : ''}`;
  journal.append('token-revoked', { by: 'token', proof: proof.slice(0, 300) });
  return { accessor: '', by: 'token', policies: [], proof };
}

const deleted = async (client: ServerClient, token: Uint8Array): Promise<Answer> =>
  readAnswer(await requestDeleteOperationToken(client, asciiText(token)), client.address);

const refusesToken = ({ ok, status, complaint }: Answer): boolean =>
  !ok && (status === 400 || status === 403 || /token/i.test(complaint));
