import { randomBytes } from 'node:crypto';
import { toHex } from '../../../shared/bytes';
import type { Journal } from '../../store/journal';
import { readAnswer, refuseComplaint } from '../server/answer';
import type { ServerClient } from '../server/client';
import { requestChild, requestRawStorage, requestRevokeAccessor } from '../server/requests';
import { lookupToken, recordedAccessor } from './lookup';

/**
 * Uses a root token (ASCII bytes, the caller's to wipe) once for something harmless: makes a child token of
 * one minute, with the policy `default` where the server allows that, and revokes it. Throws `ServerError`,
 * `StoreError`.
 */
export async function spendToken(
  client: ServerClient,
  token: Uint8Array,
  journal: Journal,
): Promise<{ readonly what: string }> {
  const name = `airlock-${toHex(new Uint8Array(randomBytes(4)))}`;
  const may = client.namespace === '' ? 'policy default' : 'the policies of its parent';
  const what = `auth/token/create: a child token of one minute with ${may} (${name}), revoked at once`;
  journal.append('token-used', { what, ...recordedAccessor(await lookupToken(client, { token })) });
  const made = readAnswer(await requestChild(client, token, name), client.address);
  refuseComplaint(made, client.address);
  const auth = made.json['auth'];
  const accessor =
    typeof auth === 'object' && auth !== null && 'accessor' in auth ? String(auth.accessor) : '';
  const revoked = readAnswer(await requestRevokeAccessor(client, token, accessor), client.address);
  refuseComplaint(revoked, client.address);
  return { what };
}

/**
 * Uses a recovery token (ASCII bytes, the caller's to wipe) once for something harmless: lists the top of the
 * raw storage, and looks at nothing of it. A storage that is empty answers 404 to whoever may ask. Throws
 * `ServerError`, `StoreError`.
 */
export async function spendRecoveryToken(
  client: ServerClient,
  token: Uint8Array,
  journal: Journal,
): Promise<{ readonly what: string }> {
  const what = 'sys/raw: the top of the raw storage listed, nothing of it read or changed';
  journal.append('token-used', { what });
  const answer = readAnswer(await requestRawStorage(client, token), client.address);
  if (answer.status !== 404) refuseComplaint(answer, client.address);
  return { what };
}
