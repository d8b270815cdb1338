import { inNamespace } from './namespace';

/**
 * "prod-eu, cluster 087798a3", or the address where the server names no cluster; with its namespace, where it
 * is one.
 */
export function serverName(server: {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly address: string;
  readonly namespace?: string | undefined;
}): string {
  const cluster = server.clusterId === '' ? '' : `cluster ${server.clusterId.slice(0, 8)}`;
  const name = [server.clusterName, cluster].filter((part) => part !== '').join(', ') || server.address;
  return name + inNamespace(server);
}

/** "Re-enable OIDC · CHG-4471" */
export const why = (purpose: string, ticket: string): string =>
  [purpose, ticket].filter((part) => part.trim() !== '').join(' · ');

/** "22 Nov 2026": the day of an ISO time by this machine's clock, as every screen and sentence has it. */
export const dayName = (iso: string): string =>
  new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
