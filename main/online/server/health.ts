import type { ServerIdentity } from '../../../shared/message/body';
import { type Health, readAnswer, readHealth, type SealFacts } from './answer';
import type { ServerClient } from './client';
import { requestHealth, requestRecoveryAttempt } from './requests';
import { ServerError } from './server-error';

export type { Health };

/**
 * What a server that can make tokens says of itself first, and when. Throws `ServerError` 'not-initialised',
 * 'sealed', 'recovery-mode', 'not-a-server', and those of `ServerClient`.
 */
export async function askHealth(
  client: ServerClient,
): Promise<{ readonly health: Health; readonly date: Date | null }> {
  const { address } = client;
  const raw = await requestHealth(client);
  if (raw.status === 404) await refuseRecoveryMode(client);
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

/** Throws `ServerError` 'recovery-mode' where the server is in that mode. */
async function refuseRecoveryMode(client: ServerClient): Promise<void> {
  if ((await requestRecoveryAttempt(client)).status !== 200) return;
  throw new ServerError(
    'recovery-mode',
    `The server at ${client.address} runs in recovery mode: it makes recovery tokens, for repairs in its storage, and no root token. Have it started as usual, then try again.`,
  );
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
