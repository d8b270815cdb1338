import { fromHex } from '../../../shared/bytes';
import type { CustodianCeremony } from '../../../shared/ceremony/custodian';
import type { OfficerCeremony } from '../../../shared/ceremony/officer';
import { serverName } from '../../../shared/ceremony/shown-names';
import { ceremonyWords } from '../../../shared/words';

/** "prod-eu, cluster 087798a3 · https://…": what the server calls itself, and where it is. */
export function serverPlace(server: Parameters<typeof serverName>[0]): string {
  const name = serverName(server);
  return name === server.address ? name : `${name} · ${server.address}`;
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
