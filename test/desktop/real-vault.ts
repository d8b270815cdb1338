import { buildRealVault, type RealVault, startRealVault, whyNoRealVault } from '../real/real-vault';
import { test } from './launch';

/**
 * A real Vault for the tests of a file, with three shares of which two are a quorum: so few windows are
 * needed. Where none can be had, they are skipped; in CI that fails.
 */
export function withRealVault(): () => RealVault {
  let vault: RealVault;
  test.beforeAll(async () => {
    test.setTimeout(20 * 60_000);
    const missing = await whyNoRealVault();
    if (missing !== null && process.env['CI']) throw new Error(missing);
    test.skip(missing !== null, `No real server: ${missing}`);
    await buildRealVault();
    vault = await startRealVault({ shares: 3, threshold: 2 });
  });
  test.afterAll(async () => {
    await vault?.close();
  });
  return () => vault;
}

/** Whether the server at an address knows a token: `lookup-self`, as anyone could ask. */
export async function isTokenKnown(address: string, token: string): Promise<boolean> {
  const answer = await fetch(`${address}/v1/auth/token/lookup-self`, { headers: { 'X-Vault-Token': token } });
  return answer.status === 200;
}
