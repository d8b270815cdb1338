import { type Command, Option } from 'commander';
import type { Verdict } from '../../../shared/transcript/verdict';
import { countCeremonies, type Filter, listCeremonies } from '../../archive/query';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import type { Terminal } from '../parts/terminal';
import { ceremonyCsv, ceremonyJson, ceremonyLine } from './ceremony-rows';
import { type ArchiveFlags, inArchive, withArchive } from './place';

/** Options of a command that lists ceremonies. */
export interface ListFlags extends ArchiveFlags {
  readonly from?: string;
  readonly to?: string;
  readonly server?: string;
  readonly person?: string;
  readonly role?: string;
  readonly ticket?: string;
  readonly verdict?: Verdict;
  readonly notRevoked?: boolean;
  readonly rehearsal?: boolean;
  readonly held?: boolean;
  readonly limit: string;
  readonly csv?: boolean;
}

/** Adds the options of `ListFlags`. */
export const withFilter = (command: Command): Command =>
  withArchive(command)
    .option('--from <day>', 'those that began on this day (2026-03-31) or at this time, or later')
    .option('--to <day>', 'those that began on this day or before, or before this time')
    .option('--server <part>', 'those whose server’s address has this in it')
    .option('--person <name>', 'those with this person in the plan: a part of the name, or the fingerprint')
    .option('--role <role>', 'those with somebody of this role in the plan; with --person: in this role')
    .option('--ticket <text>', 'those of this change ticket')
    .addOption(
      new Option('--verdict <verdict>', 'those of this verdict').choices(['proven', 'incomplete', 'broken']),
    )
    .option('--not-revoked', 'those with a root token of which no journal has the proof that it ended')
    .option('--rehearsal', 'rehearsals only')
    .option('--no-rehearsal', 'no rehearsals')
    .option('--held', 'those on hold')
    .option('--limit <n>', 'as many at most; 0: all', '100')
    .option('--csv', 'CSV on standard output');

/** Prints the ceremonies that fit. Throws `CliError` 'usage'. */
export async function printCeremonies(terminal: Terminal, flags: ListFlags, words?: string): Promise<void> {
  const filter = filterOf(flags, words);
  const limit = limitOf(flags.limit);
  await inArchive(terminal, flags, 'read', async (place) => {
    const rows = await listCeremonies(place, filter, { limit });
    const count = rows.length < limit ? rows.length : await countCeremonies(place, filter);
    if (flags.csv) terminal.print(ceremonyCsv(rows));
    else if (flags.json) terminal.print(valueText(flags, { count, ceremonies: rows.map(ceremonyJson) }));
    else for (const row of rows) terminal.print(`${ceremonyLine(row)}\n`);
    if (count > rows.length) terminal.say(`These are ${rows.length} of ${count}: --limit shows more.\n`);
    else if (count === 0) terminal.say('No ceremony in the archive is so.\n');
  });
}

function filterOf(flags: ListFlags, words: string | undefined): Filter {
  if (flags.csv && flags.json)
    throw new CliError('usage', '--csv and --json are two formats. Give one of them.');
  const { server, person, role, ticket, verdict, notRevoked, rehearsal, held } = flags;
  return {
    words,
    from: flags.from === undefined ? undefined : timeIn(flags.from, '--from', 0),
    to: flags.to === undefined ? undefined : timeIn(flags.to, '--to', DAY_MS),
    server,
    person,
    role,
    ticket,
    verdict,
    notRevoked,
    rehearsal,
    held,
  };
}

const DAY_MS = 86_400_000;

/** A day in UTC, or a time, as ISO 8601. `after`: milliseconds by which a whole day ends later. */
export function timeIn(text: string, option: string, after: number): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time + (isDay ? after : 0)).toISOString();
  throw new CliError(
    'usage',
    `${option} takes a day such as 2026-03-31 or a time such as 2026-03-31T12:00Z, and not “${text}”.`,
  );
}

function limitOf(text: string): number {
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(limit)) throw new CliError('usage', `--limit takes a whole number, and not “${text}”.`);
  return limit === 0 ? Number.MAX_SAFE_INTEGER : limit;
}
