import type { Command } from 'commander';
import { type FollowedStation, type Following, followedStations } from '../../store/following';
import type { Home } from '../../store/home';
import type { UnlockedIdentity } from '../../store/identity';
import { knownKeys } from '../../store/people';
import { WitnessingError } from '../../store/witnessing';
import { homeJournal } from '../parts/home-record';
import { chosenCeremony } from '../parts/named-ceremony';
import type { Terminal } from '../parts/terminal';
import type { CeremonyFlags } from './closing';

/** What a witness follows in one ceremony, from a terminal. */
export interface FollowedCeremony {
  readonly id: string;
  readonly following: Following;
  readonly stations: readonly FollowedStation[];
}

/** Adds `--station`. */
export const withStation = (command: Command): Command =>
  command.option('--station <label>', 'at which station: its label');

/**
 * The ceremony that is named, or the only one of which journals were taken. Throws `CliError` 'ambiguous',
 * 'usage', and as `followedStations` does.
 */
export async function followedCeremony(
  terminal: Terminal,
  home: Home,
  identity: UnlockedIdentity,
  { ceremony }: CeremonyFlags,
): Promise<FollowedCeremony> {
  const id = chosenCeremony(home, ceremony, home.listLogs());
  const known = knownKeys(home);
  const looked: Following = { home, identity, known, journal: homeJournal(terminal, home, identity, false) };
  const stations = await followedStations(looked, id);
  const rehearsal = stations.some(({ log }) => log.rehearsal);
  return {
    id,
    stations,
    following: { ...looked, journal: homeJournal(terminal, home, identity, rehearsal) },
  };
}

/** The station of that label. Throws `WitnessingError` 'not-followed'. */
export function stationNamed({ stations }: FollowedCeremony, label: string): FollowedStation {
  const wanted = label.trim().toLowerCase();
  const found = stations.find(({ log }) => log.transcript.station.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const all = stations.map(({ log }) => `“${log.transcript.station}”`).join(', ');
  throw new WitnessingError(
    'not-followed',
    `No journal of a station “${label}” was taken in here${all === '' ? '' : `; there are those of ${all}`}. Have it show its journal to you first.`,
  );
}
