import type { Journal } from '../../store/journal';
import type { ServerClient } from '../server/client';
import { askHealth } from '../server/health';
import { LiveTokenError } from './live-token-error';
import type { Revocation } from './revoke';

/**
 * A recovery token can't be revoked: it is in the memory of a server in recovery mode, and ends with that
 * process (docs/server-facts.md, "Auto-unseal and recovery"). That the server runs as usual again is the
 * proof that it is dead. Throws `LiveTokenError` 'recovery-mode' while the server is in that mode, and
 * `ServerError`, `StoreError`.
 */
export async function proveRecoveryEnded(client: ServerClient, journal: Journal): Promise<Revocation> {
  const { health } = await askHealth(client);
  if (health.mode === 'recovery') {
    throw new LiveTokenError(
      'recovery-mode',
      'The server runs in recovery mode still, and a recovery token lives as long: it cannot be revoked. Have the server ended, and started as usual; then do the same again, and it is put on record that the token is dead.',
    );
  }
  const proof = `sys/health answers as version ${health.version}: the server runs as usual again, and a recovery token ends with recovery mode`;
  journal.append('revoke-intent', { by: 'restart' });
  journal.append('token-revoked', { by: 'restart', proof });
  return { accessor: '', by: 'restart', policies: [], proof };
}
