import { fromHex } from '../../../shared/bytes';
import type { CustodianCeremony } from '../../../shared/ceremony/custodian';
import type { OfficerCeremony } from '../../../shared/ceremony/officer';
import { ceremonyWords } from '../../../shared/words';

/** "Re-enable OIDC · CHG-4471" */
export const why = (purpose: string, ticket: string): string =>
  [purpose, ticket].filter((part) => part.trim() !== '').join(' · ');

/** "prod-eu, cluster 087798a3 · https://…": what the server calls itself, and where it is. */
export function serverName(server: {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly address: string;
}): string {
  const cluster = server.clusterId === '' ? '' : `cluster ${server.clusterId.slice(0, 8)}`;
  const names = [server.clusterName, cluster].filter((part) => part !== '').join(', ');
  return names === '' ? server.address : `${names} · ${server.address}`;
}

/** The ceremony's two words, and whether it is a rehearsal. */
export const ceremonyName = (id: string, rehearsal: boolean): string =>
  `${ceremonyWords(fromHex(id))}${rehearsal ? '  (rehearsal)' : ''}`;

/** What `--json` says of every ceremony, whoever takes part in it. */
export const ceremonyJson = ({ id, step }: Pick<OfficerCeremony | CustodianCeremony, 'id' | 'step'>) => ({
  ceremony: id,
  words: ceremonyWords(fromHex(id)),
  step,
});
