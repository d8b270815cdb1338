import type { ServerIdentity } from '../../../shared/message/body';
import { type Health, readAnswer, readHealth, type SealFacts } from './answer';
import type { ServerClient } from './client';
import { DIALECTS, requestAttempt, requestHealth } from './requests';
import { ServerError } from './server-error';

export type { Health };

/** What a server says of itself first, and when. */
interface Asked {
  readonly health: Health;
  readonly date: Date | null;
}

/**
 * What a server that can make tokens says of itself first, and when. Throws `ServerError` 'not-initialised',
 * 'sealed', 'not-a-server', and those of `ServerClient`.
 */
export async function askHealth(client: ServerClient): Promise<Asked> {
  const { address } = client;
  const raw = await requestHealth(client);
  const recovery = raw.status === 404 ? await recoveryMode(client) : null;
  if (recovery !== null) return recovery;
  const answer = readAnswer(raw, address);
  const health = readHealth(answer, address);
  if (!health.initialized) {
    throw new ServerError(
      'not-initialised',
      `The server at ${address} was never initialised: it has no shares yet. Check that this is the right server.`,
    );
  }
  if (health.sealed) {
    throw new ServerError(
      'sealed',
      `The server at ${address} is sealed, so it can't make a token. Have it unsealed, then try again.`,
    );
  }
  return { health, date: answer.date };
}

/**
 * What is known of a server in recovery mode, which has next to no other path than the one that makes
 * recovery tokens (docs/server-facts.md, "Auto-unseal and recovery"); null where it isn't in that mode.
 */
async function recoveryMode(client: ServerClient): Promise<Asked | null> {
  const raw = await requestAttempt(client, DIALECTS.recovery);
  // Once the token is made, OpenBao 2.6 answers there with an error; elsewhere there is no such path at all.
  if (raw.status === 404 || !raw.contentType.startsWith('application/json')) return null;
  const health: Health = {
    initialized: true,
    sealed: false,
    standby: false,
    server_time_utc: undefined,
    version: 'not told in recovery mode',
    cluster_name: '',
    cluster_id: '',
    product: 'openbao',
    mode: 'recovery',
  };
  return { health, date: raw.date };
}

/** Which server it is. `seal`: what is known of its shares. */
export const identityOf = (
  { address, namespace }: ServerClient,
  health: Health,
  seal: SealFacts | null = null,
): ServerIdentity => ({
  address,
  version: health.version,
  clusterId: health.cluster_id,
  clusterName: health.cluster_name,
  ...(namespace === '' ? {} : { namespace }),
  ...(seal === null ? {} : { shareKind: seal.shareKind }),
});
