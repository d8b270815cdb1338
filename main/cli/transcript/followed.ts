import type { Command } from 'commander';
import { fromHex } from '../../../shared/bytes';
import { eventWords } from '../../../shared/transcript/event-words';
import { ceremonyWords } from '../../../shared/words';
import type { FollowedStation } from '../../store/following';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { answer, type CeremonyFlags, withCeremony } from './closing';
import { followedCeremony } from './followed-home';

interface FollowedFlags extends CeremonyFlags {
  readonly new?: boolean;
}

/** `airlock transcript followed`. */
export function defineFollowed(command: Command, terminal: Terminal): void {
  withCeremony(withPassphrase(withHome(command)))
    .option('--new', 'only the lines that the last code of each station brought')
    .action((flags: FollowedFlags) => followed(terminal, flags));
}

async function followed(terminal: Terminal, flags: FollowedFlags): Promise<void> {
  const home = homeOf(terminal, flags);
  await asPerson(terminal, home, flags, async (identity) => {
    const { id, stations } = await followedCeremony(terminal, home, identity, flags);
    const from = (station: FollowedStation): number => (flags.new === true ? station.before : 0);
    answer(
      terminal,
      flags,
      { ceremony: id, stations: stations.map((station) => stationJson(station, from(station))) },
      [
        `Ceremony   ${ceremonyWords(fromHex(id))}`,
        ...stations.flatMap((station) => stationLines(station, from(station))),
      ],
    );
  });
}

const stationJson = ({ log, seenAt, before, signed, lines, deviations }: FollowedStation, from: number) => ({
  station: log.transcript.station,
  person: log.from.name,
  lines: log.lines,
  head: log.head,
  seenAt,
  before,
  signed,
  closed: !log.isLive,
  events: lines.slice(from).map((line) => ({ line: line.n, at: line.at, ...eventWords(line) })),
  deviations,
});

const stationLines = (
  { log, seenAt, before, signed, lines, deviations }: FollowedStation,
  from: number,
): string[] => [
  '',
  `${log.transcript.station}, ${log.from.name}: ${log.lines} lines${log.isLive ? ' so far' : ', closed'}, taken at ${seenAt}; ${
    before === 0 ? 'seen for the first time' : `${log.lines - before} new`
  }; ${signed === 0 ? 'not signed' : `signed up to line ${signed}`}`,
  ...lines
    .slice(from)
    .map(
      (line) =>
        `${line.n > before && before > 0 ? '+' : ' '} ${String(line.n).padStart(4)}  ${line.at.slice(11, 19)}  ${eventWords(line).text}`,
    ),
  ...deviations.map(
    ({ at, line, text }) => `! noted at ${at.slice(11, 19)}${line === 0 ? '' : `, line ${line}`}: ${text}`,
  ),
];
