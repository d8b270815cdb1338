import type { Command } from 'commander';
import { type Stats, statsOf } from '../../archive/stats';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { type ArchiveFlags, inArchive, withArchive } from './place';

interface StatsFlags extends ArchiveFlags {
  readonly csv?: boolean;
}

/** `airlock archive stats`. */
export function defineStats(command: Command, terminal: Terminal): void {
  withArchive(command)
    .option('--csv', 'the months as CSV on standard output')
    .action((flags: StatsFlags) =>
      inArchive(terminal, flags, 'read', async (place) => {
        if (flags.csv && flags.json)
          throw new CliError('usage', '--csv and --json are two formats. Give one of them.');
        const stats = await statsOf(place);
        terminal.print(
          flags.json ? valueText(flags, stats) : flags.csv ? monthsCsv(stats) : statsText(stats),
        );
      }),
    );
}

const monthsCsv = ({ months }: Stats): string =>
  [
    ['month', 'ceremonies', 'rehearsals', 'notProven'],
    ...months.map(({ month, ceremonies, rehearsals, notProven }) => [
      month,
      ceremonies,
      rehearsals,
      notProven,
    ]),
  ]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');

const statsText = (stats: Stats): string => {
  const { verdicts, months } = stats;
  const facts = columns([
    ['Ceremonies', stats.ceremonies],
    ['Proven', verdicts.proven],
    ['Incomplete', verdicts.incomplete],
    ['Broken', verdicts.broken],
    ['Gone by law', stats.gone || undefined],
    ['On hold', stats.held || undefined],
    ['Rehearsals', stats.rehearsals],
    ['Root tokens', `${stats.tokens}, ${stats.revoked} proven revoked`],
    ['People', stats.people],
    ['Folders', stats.folders],
    ['Bytes', stats.bytes],
    ['Log', `${stats.entries} entries`],
    ['From, to', stats.first === '' ? undefined : `${stats.first.slice(0, 10)}, ${stats.last.slice(0, 10)}`],
  ]);
  const each = columns(
    months.map(({ month, ceremonies, rehearsals, notProven }) => [
      month,
      `${ceremonies} ceremonies, ${rehearsals} rehearsals, ${notProven} not proven`,
    ]),
  );
  return months.length === 0 ? facts : `${facts}\n${each}`;
};
