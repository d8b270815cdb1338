import { sha256 } from '@noble/hashes/sha2.js';
import type { Command } from 'commander';
import { equalBytes, toHex, wipe } from '../../../shared/bytes';
import type { Body } from '../../../shared/message/body';
import type { SignedMessage } from '../../../shared/message/wire';
import { decryptWithKey } from '../../../shared/openpgp/sealed-to-self';
import { fateNames } from '../../../shared/task/fate-names';
import { isLargeBrought, namesBrought } from '../../../shared/task/large-brought';
import { tasksBefore } from '../../../shared/task/plan-tasks';
import { shownTasks } from '../../../shared/task/shown-task';
import type { TaskEntry } from '../../../shared/task/task';
import { listPeople } from '../../store/people';
import { CliError } from '../parts/cli-error';
import { holdOnScreen, refuseWithoutScreen } from '../parts/held-secret';
import { readInput } from '../parts/input-file';
import { withMessages } from '../parts/message-input';
import { refuseExisting, writeNewFiles } from '../parts/new-files';
import type { Terminal } from '../parts/terminal';
import { wholeNumber } from '../parts/whole-number';
import { answer, type Rows } from './code-out';
import { atLaptop, type Laptop, type LaptopFlags, openCeremony, takeMessage, withLaptop } from './laptop';

interface OutcomeFlags extends LaptopFlags {
  readonly message?: string[];
  readonly open?: string;
  readonly sealed?: string;
  readonly reveal?: boolean;
  readonly out?: string;
}

type Outcome = SignedMessage<'outcome'>;

/** `airlock offline outcome`. */
export function defineOutcome(command: Command, terminal: Terminal): void {
  withMessages(withLaptop(command), "the station's outcome message")
    .option('--open <task>', 'open what the task of that number has brought back for you')
    .option('--sealed <file>', 'with --open: what was too large for the outcome, as its station wrote it')
    .option('--reveal', 'with --open: show it on this terminal until a key is pressed')
    .option('--out <file>', 'with --open: write it there, for its owner only: a secret')
    .action((flags: OutcomeFlags) =>
      atLaptop(terminal, flags, flags.message ?? [], (laptop) => outcome(laptop, flags)),
    );
}

async function outcome(laptop: Laptop, flags: OutcomeFlags): Promise<void> {
  const { terminal } = laptop;
  const number = flags.open === undefined ? null : wholeNumber(flags.open, '--open', 1, 12);
  if (number !== null && (flags.reveal === true) === (flags.out !== undefined)) {
    throw new CliError(
      'usage',
      'What was brought back goes to one place: --open TASK with --reveal on the screen, or with --out FILE.',
    );
  }
  if (number !== null && flags.reveal) refuseWithoutScreen(process);
  if (flags.out !== undefined) refuseExisting([flags.out]);
  if (flags.sealed !== undefined && number === null)
    throw new CliError('usage', 'A sealed file is of one task: give --open TASK with --sealed FILE.');
  const { message, tasks } = await taken(laptop, flags);
  const brought = number === null ? null : await opened(laptop, message, number, flags.sealed);
  try {
    // Nothing but what the server has answered stands in it: JSON, in UTF-8.
    if (brought !== null && flags.out !== undefined) writeNewFiles([[flags.out, `${textOf(brought)}\n`]]);
    if (brought !== null && flags.reveal) await holdOnScreen(textOf(brought), process);
  } finally {
    wipe(brought ?? undefined);
  }
  const { body, from } = message.envelope;
  const operator = nameOf(laptop, from);
  answer(terminal, flags, { ...outcomeJson(laptop, body), operator, file: flags.out }, [
    ...outcomeRows(laptop, body, tasks, operator),
    ['Written', flags.out],
  ]);
  if (!flags.json && laptop.station.identity().role === 'officer')
    terminal.say('The token is revoked, and its key has served: airlock offline token --destroy\n');
}

/** The outcome that comes in now, or the one that was taken in before, with the tasks of the plan. */
async function taken(
  laptop: Laptop,
  flags: OutcomeFlags,
): Promise<{ readonly message: Outcome; readonly tasks: readonly TaskEntry[] }> {
  const { station } = laptop;
  const { role } = station.identity();
  if (role === 'witness') {
    // A witness keeps no ceremony, but the outcomes that came in.
    if (flags.message !== undefined) await takeMessage(laptop, flags.message, 'outcome');
    const [latest] = station.witnessedOutcomes();
    if (latest === undefined) throw new CliError('usage', 'Name the outcome: --message FILE.');
    return { message: latest, tasks: [] };
  }
  await openCeremony(laptop, flags);
  if (flags.message !== undefined) await takeMessage(laptop, flags.message, 'outcome');
  const desk = role === 'officer' ? station.officer() : station.custodian();
  const message = 'handoff' in desk ? desk.handoff.outcome : desk.outcome;
  if (message === null)
    throw new CliError('no-message', 'No outcome was taken in here yet. Give its message: --message FILE.');
  const { state } = desk;
  return { message, tasks: 'draft' in state ? state.draft.tasks : state.tasks };
}

/** What a task brought back for this person. The caller wipes it. */
async function opened(
  { station, terminal }: Laptop,
  { envelope }: Outcome,
  number: number,
  sealed: string | undefined,
): Promise<Uint8Array> {
  const { fingerprint, privateKey } = station.identity();
  const task = envelope.body.tasks[number - 1];
  const brought = task?.brought;
  if (sealed !== undefined) {
    const file = await readInput(terminal, sealed);
    if (!namesBrought(task?.said ?? '', toHex(sha256(file))) && !equalBytes(file, brought?.sealed ?? NONE))
      throw new CliError(
        'usage',
        `The file ${sealed} is not what task ${number} of this outcome brought back. It was not opened. Get it anew from the station.`,
      );
    return decryptWithKey(file, privateKey);
  }
  if (brought === undefined && isLargeBrought(task?.said ?? ''))
    throw new CliError(
      'usage',
      `What task ${number} has brought back is too large for the outcome. At the station it is written by airlock online tasks --brought FOLDER. Carry it here, and name it: --open ${number} --sealed FILE`,
    );
  if (brought === undefined)
    throw new CliError('usage', `Task ${number} has brought nothing back in this outcome.`);
  if (!equalBytes(brought.to, fingerprint))
    throw new CliError(
      'usage',
      `What task ${number} has brought back is for somebody else, and only they can open it.`,
    );
  return decryptWithKey(brought.sealed, privateKey);
}

const NONE = new Uint8Array();

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).trimEnd();

/** As this laptop knows whoever signed: a station can call itself anything. */
const nameOf = ({ home }: Laptop, from: Uint8Array): string =>
  listPeople(home).find(({ fingerprint }) => equalBytes(fingerprint, from))?.name ??
  'someone no longer known here';

const outcomeJson = (laptop: Laptop, body: Body<'outcome'>) => ({
  revoked: true,
  station: body.label,
  accessor: body.accessor,
  proof: body.proof,
  openedAt: body.openedAt,
  revokedAt: body.revokedAt,
  tasks: body.tasks.map(({ fate, said, brought }) => ({
    fate,
    said,
    broughtFor: brought === undefined ? null : toHex(brought.to),
    forYou: brought !== undefined && equalBytes(brought.to, laptop.station.identity().fingerprint),
  })),
});

function outcomeRows(
  laptop: Laptop,
  body: Body<'outcome'>,
  entries: readonly TaskEntry[],
  operator: string,
): Rows {
  const isOfficer = laptop.station.identity().role === 'officer';
  const own = laptop.station.identity().fingerprint;
  const words = shownTasks(tasksBefore(entries), [], 'root');
  return [
    ['Revoked', isOfficer ? `proven by ${body.label}` : `as ${body.label} says, signed by ${operator}`],
    [
      '',
      isOfficer
        ? undefined
        : body.handoff === undefined
          ? 'Nothing here tells whether the officer handed the token over to that station: ask the officer.'
          : `The officer’s signed handoff names ${operator}’s station. This laptop can’t ask the server.`,
    ],
    ['Proof', body.proof],
    ['Accessor', body.accessor],
    ['Opened', body.openedAt],
    ['Dead', body.revokedAt],
    ...body.tasks.flatMap(({ fate, said, brought }, i): Rows => {
      const title = words[i]?.title;
      return [
        [`Task ${i + 1}`, `${fateNames[fate]}${title === undefined ? '' : ` · ${title}`}`],
        ['', said === '' ? undefined : `   ${said}`],
        [
          '',
          brought !== undefined && equalBytes(brought.to, own)
            ? `   It has brought something back for you: airlock offline outcome --open ${i + 1}`
            : undefined,
        ],
      ];
    }),
  ];
}
