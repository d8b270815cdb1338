import type { Command } from 'commander';
import { type Verdict, worstOf } from '../../../shared/transcript/verdict';
import { wordSums } from '../../archive/index/words';
import { looseEnds } from '../../archive/loose-ends';
import type { Place } from '../../archive/place/place';
import { theCeremony } from '../../archive/query';
import { ceremoniesSince, pinnedOf, type Verified, verifyCeremonies } from '../../archive/verification';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { counted, printable } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { timeIn } from './filter';
import { type ArchiveFlags, inArchive, withArchive } from './place';

interface VerifyFlags extends ArchiveFlags {
  readonly all?: boolean;
  readonly since?: string;
}

/** `airlock archive verify`. */
export function defineVerify(command: Command, terminal: Terminal): void {
  withArchive(command)
    .argument('[ceremony...]', 'their two words or ids')
    .option('--all', 'every ceremony, and that nothing else lies in the archive')
    .option('--since <day>', 'those of which a folder was added on this day, or at this time, or later')
    .addHelpText(
      'after',
      '\nExit code: 0 proven, 3 incomplete, 1 broken or changed, 2 not typed as it must be.',
    )
    .action((ceremonies: string[], flags: VerifyFlags) => verify(terminal, ceremonies, flags));
}

async function verify(terminal: Terminal, named: readonly string[], flags: VerifyFlags): Promise<void> {
  if (named.length === 0 && !flags.all && flags.since === undefined)
    throw new CliError('usage', 'Say which ceremonies: name them, or give --all or --since.');
  const verifyIn = async (place: Place): Promise<void> => {
    const words = flags.all ? wordSums(place.index, place.engine) : null;
    const looking = flags.all ? looseEnds(place) : Promise.resolve([]);
    // Its error is heard below, unless another one ends this first.
    looking.catch(() => undefined);
    const pinned = await pinnedOf(place);
    const verdicts: Record<string, number> = {};
    let differing = 0;
    let worst: Verdict = 'proven';
    for await (const verified of verifyCeremonies(place, chosen(place, named, flags), { pinned, words })) {
      const verdict = verdictOf(verified);
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      if (!verified.isIndexed) differing += 1;
      worst = worstOf([
        worst,
        verdict === 'gone by law' ? 'proven' : verdict,
        verified.isIndexed ? 'proven' : 'broken',
      ]);
      if (flags.json) terminal.print(valueText(flags, verified));
      else print(terminal, verified, named.length > 0);
    }
    const problems = await looking;
    if (problems.length > 0) worst = 'broken';
    if (flags.json && flags.all) terminal.print(valueText(flags, { verdicts, problems }));
    if (!flags.json) {
      for (const problem of problems) terminal.print(`broken  ${printable(problem)}\n`);
      const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
      terminal.print(`${counts.length === 0 ? 'No ceremony' : counts.join(', ')}.\n`);
    }
    if (differing > 0)
      terminal.say(
        `The index says other things of ${counted(differing, 'ceremony', 'ceremonies')} than the evidence does: make it anew, by airlock archive reindex.\n`,
      );
    terminal.setExitCode({ proven: 0, incomplete: 3, broken: 1 }[worst]);
  };
  // A log that is broken is named with all else, and keeps nobody from it.
  await inArchive(terminal, flags, 'read', verifyIn, 'as far as it goes');
}

async function* chosen(place: Place, named: readonly string[], flags: VerifyFlags) {
  for (const name of named) yield await theCeremony(place, name);
  if (flags.all || flags.since !== undefined)
    yield* ceremoniesSince(place, flags.since === undefined ? null : timeIn(flags.since, '--since', 0));
}

const verdictOf = ({ verdict, problem }: Verified): Verdict | 'gone by law' =>
  problem === '' ? (verdict ?? 'gone by law') : 'broken';

function print(terminal: Terminal, verified: Verified, whole: boolean): void {
  const { words, ceremony, was, findings, problem, isIndexed } = verified;
  const verdict = verdictOf(verified);
  const changed = was !== null && problem === '' && verdict !== was ? `, ${was} when it was added` : '';
  terminal.print(`${printable(`${words} (${ceremony}): ${verdict}${changed}`)}\n`);
  if (problem !== '') terminal.print(`  broken  ${printable(problem)}\n`);
  if (!isIndexed) terminal.print('  broken  The index says something else of it.\n');
  if (!whole) return;
  for (const { verdict: each, station, line, message } of findings) {
    const place = station === '' ? '' : `${station}${line === null ? '' : `, line ${line}`}: `;
    terminal.print(`  ${each}  ${printable(`${place}${message}`)}\n`);
  }
}
