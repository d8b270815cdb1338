import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { nextStep } from '../../../shared/task/run';
import type { OnlineStation } from '../../online/online-station';
import { readBrought } from '../../online/task/brought';
import type { Choice, TokenWork } from '../../online/task/work';
import type { Home } from '../../store/home';
import type { Identity } from '../../store/identity';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { refuseTwoReaders } from '../parts/input-file';
import { incomingCarrier } from '../parts/message-files';
import { readOneMessage, withMessages } from '../parts/message-input';
import { type Destination, withDestination } from '../parts/message-output';
import { namedCeremony } from '../parts/named-ceremony';
import { writeNewFiles } from '../parts/new-files';
import { withPassphrase } from '../parts/passphrase';
import { homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { announce, drawAfterStep, messageJson, messageName, writeAfterStep } from './made-message';
import { onRecord, type ServerFlags, withCeremony, withServer, withStation } from './station';
import { nextSentence, workJson, workRows } from './token-work';

interface WorkFlags extends ServerFlags, Destination {
  readonly message?: string[];
  readonly ceremony?: string;
  readonly run?: boolean;
  readonly again?: boolean;
  readonly goOn?: boolean;
  readonly revoke?: boolean;
  readonly brought?: string;
}

/** `airlock online handoff`. */
export function defineHandoff(command: Command, terminal: Terminal): void {
  withMessages(withServer(withPassphrase(withHome(command))), "the officer's handoff message").action(
    (flags: WorkFlags) => takeHandoff(terminal, flags),
  );
}

/** `airlock online tasks`. */
export function defineTasks(command: Command, terminal: Terminal): void {
  const tasksCommand = withDestination(withServer(withPassphrase(withHome(command))), 'outcome')
    .option('--run', 'run the tasks, one after the other, and then revoke the token')
    .option('--again', 'do the task again that failed, or of which nothing is known; then run on')
    .option('--go-on', 'run on without that task, or after one that a person has done by hand')
    .option('--revoke', 'revoke the token now: no task comes any more')
    .option(
      '--brought <folder>',
      'also write there what tasks brought back: sealed, only its person opens it',
    );
  withCeremony(tasksCommand, 'whose token').action((flags: WorkFlags) => tasks(terminal, flags));
}

async function takeHandoff(terminal: Terminal, flags: WorkFlags): Promise<void> {
  const paths = flags.message ?? [];
  refuseTwoReaders([flags.passphraseFile, flags.serverTokenFile, ...paths]);
  const home = homeOf(terminal, flags);
  const message = await readOneMessage(terminal, paths);
  await withStation(terminal, flags, home, async (station) => {
    const work = await station.takeHandoff(message, { carrier: incomingCarrier(paths) });
    if (!flags.json) terminal.print(columns([['Taken', messageName(message)]]));
    show(terminal, flags, work);
  });
}

async function tasks(terminal: Terminal, flags: WorkFlags): Promise<void> {
  refuseTwoReaders([flags.passphraseFile, flags.serverTokenFile]);
  const choice = choiceOf(flags);
  const home = homeOf(terminal, flags);
  onRecord(home);
  const ceremony = namedCeremony(home, flags.ceremony);
  const made = await withStation(terminal, flags, home, async (station, identity) => {
    const work =
      choice === null
        ? await station.tokenWork(ceremony)
        : await goOn(terminal, flags, station, choice, ceremony);
    const handed =
      work.outcome === null ? show(terminal, flags, work) : handOut(terminal, flags, work, identity);
    if (flags.brought !== undefined) writeBrought(home, work, flags.brought);
    return handed;
  });
  if (made !== null) await drawAfterStep(made, flags, dead);
}

/** Says each task as it begins: a server may take its time. */
const goOn = (
  terminal: Terminal,
  flags: WorkFlags,
  station: OnlineStation,
  choice: Choice,
  ceremony: string | undefined,
): Promise<TokenWork> =>
  station.goOnWithToken(choice, {
    ceremony,
    told: (run) => {
      const next = nextStep(run);
      if (flags.json || (next.kind !== 'run' && next.kind !== 'revoke')) return;
      terminal.say(next.kind === 'run' ? `Task ${next.task} …\n` : 'Revoking the token …\n');
    },
  });

function show(terminal: Terminal, flags: WorkFlags, work: TokenWork): null {
  terminal.print(
    flags.json ? valueText(flags, { ...workJson(work), message: null }) : columns(workRows(work)),
  );
  if (!flags.json) terminal.say(`${nextSentence(work)}\n`);
  return null;
}

function handOut(
  terminal: Terminal,
  flags: WorkFlags,
  work: TokenWork,
  { station }: Identity,
): TokenWork['outcome'] {
  const { outcome } = work;
  if (outcome === null) return null;
  const written = writeAfterStep(outcome, flags, station, dead);
  if (flags.json) {
    terminal.print(valueText(flags, { ...workJson(work), ...messageJson(outcome, written) }));
    return outcome;
  }
  terminal.print(columns(workRows(work)));
  announce(terminal, outcome, written, nextSentence(work), flags);
  return outcome;
}

/**
 * Each thing that a task brought back, in a file of its own, as it is sealed. Done last: where it can't be
 * written, the same command writes it again. Throws `CliError` 'file-exists', 'unwritable-file',
 * `HomeFinding`.
 */
function writeBrought(home: Home, { ceremony, tasks: done }: TokenWork, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeNewFiles(
    done.flatMap(({ stand }, i): [string, Uint8Array][] => {
      const sealed = stand.kind === 'done' ? readBrought(home, ceremony, i + 1) : null;
      return sealed === null ? [] : [[join(folder, `brought-${i + 1}.pgp`), sealed]];
    }),
  );
}

/** What stands where the outcome could not be handed out. */
const dead =
  'The token is dead, and the outcome is kept here. Give “airlock online tasks” again with another place: it writes the outcome.';

/** Throws `CliError` 'usage' on several. */
function choiceOf(flags: WorkFlags): Choice | null {
  const wanted = [
    ...(flags.run ? (['run'] as const) : []),
    ...(flags.again ? (['again'] as const) : []),
    ...(flags.goOn ? (['go-on'] as const) : []),
    ...(flags.revoke ? (['revoke'] as const) : []),
  ];
  if (wanted.length > 1)
    throw new CliError('usage', 'Say one of --run, --again, --go-on and --revoke: each is a decision.');
  return wanted[0] ?? null;
}
