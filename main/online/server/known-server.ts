import { inNamespace, namespaceName, sameNamespace } from '../../../shared/ceremony/namespace';
import type { ServerIdentity } from '../../../shared/message/body';
import type { ServerClient } from './client';
import { askHealth, type Health, identityOf } from './health';
import { ServerError } from './server-error';

/**
 * Holds the server that is asked against the one that an attempt is open on, before anything is concluded
 * from what it says: about this attempt another server knows nothing. Throws `ServerError` 'other-server';
 * and where the address is another, too, whatever kept that server from telling which one it is.
 */
export async function checkKnownServer(client: ServerClient, known: ServerIdentity): Promise<void> {
  let health: Health;
  try {
    ({ health } = await askHealth(client));
  } catch (error) {
    // At the attempt's own address it may be sealed, or gone: whoever asks next says so.
    if (error instanceof ServerError && client.address === known.address) return;
    throw error;
  }
  refuseOtherServer(known, identityOf(client, health), health.standby);
}

/** Throws 'other-server' where it certainly isn't the one that is known. */
export function refuseOtherServer(known: ServerIdentity, asked: ServerIdentity, standby: boolean): void {
  // A standby need not know its cluster.
  const sameServer = isSameServer(known, asked) || (standby && asked.clusterId === '');
  if (sameServer && sameNamespace(known, asked)) return;
  if (sameServer) {
    throw new ServerError(
      'other-server',
      `The attempt of this ceremony is in ${placeIn(known)} of ${known.address}, and ${placeIn(asked)} was asked now. Nothing was done. Name the namespace of the ceremony, and do the same again.`,
      'Which namespace is asked comes from VAULT_NAMESPACE (or BAO_NAMESPACE) or --namespace.',
    );
  }
  throw new ServerError(
    'other-server',
    `The attempt of this ceremony is on ${named(known)}, and not on the server that was asked now: ${named(asked)}. Nothing was done. Go to the server of the ceremony, and do the same again.`,
    'Which server is asked comes from VAULT_ADDR or --server.',
  );
}

/** Whether they are the same server, as far as that is known: one cluster may go by several addresses. */
export const isSameServer = (known: ServerIdentity, asked: ServerIdentity): boolean =>
  known.clusterId !== '' && asked.clusterId !== ''
    ? known.clusterId === asked.clusterId
    : known.address === asked.address;

const named = (server: ServerIdentity): string =>
  `${server.address} (cluster ${server.clusterId || 'unnamed'}${inNamespace(server)})`;

const placeIn = (server: ServerIdentity): string =>
  server.namespace === undefined ? 'the whole server, in no namespace' : namespaceName(server);
