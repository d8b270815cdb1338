/** "prod-eu, cluster 087798a3", or the address where the server names no cluster. */
export function serverName(server: {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly address: string;
}): string {
  const cluster = server.clusterId === '' ? '' : `cluster ${server.clusterId.slice(0, 8)}`;
  return [server.clusterName, cluster].filter((part) => part !== '').join(', ') || server.address;
}

/** "Re-enable OIDC · CHG-4471" */
export const why = (purpose: string, ticket: string): string =>
  [purpose, ticket].filter((part) => part.trim() !== '').join(' · ');
