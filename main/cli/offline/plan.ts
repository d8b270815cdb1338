import { type Command, Option } from 'commander';
import { fromHex } from '../../../shared/bytes';
import { type PlanDraft, planDraft } from '../../../shared/ceremony/plan';
import { MOST_TOKEN_MINUTES } from '../../../shared/ceremony/token-minutes';
import { withRevocation } from '../../../shared/task/plan-tasks';
import { TOKEN_KINDS, type TokenKind } from '../../../shared/token/token-kind';
import { ceremonyWords, digestWords } from '../../../shared/words';
import type { Home } from '../../store/home';
import { askYes } from '../parts/asked';
import { CliError } from '../parts/cli-error';
import { withMessages } from '../parts/message-input';
import type { Terminal } from '../parts/terminal';
import { wholeNumber } from '../parts/whole-number';
import { answer } from './code-out';
import { recordCompared } from './compared';
import {
  atLaptop,
  type Laptop,
  type LaptopFlags,
  openCeremonies,
  openCeremony,
  takeMessage,
  withLaptop,
} from './laptop';
import { pairOf, personNamed } from './people-named';
import { chooseScript, planScriptJson, planScriptRows } from './plan-script';
import { planJson, planRows } from './plan-shown';
import { tasksInFile } from './tasks-file';

interface PlanFlags extends LaptopFlags {
  readonly new?: boolean;
  readonly rehearsal?: boolean;
  readonly message?: string[];
  readonly words?: string;
  readonly serverAddress?: string;
  readonly threshold?: string;
  readonly shares?: string;
  readonly otpLength?: string;
  readonly script?: string;
  readonly title?: string;
  readonly purpose?: string;
  readonly ticket?: string;
  readonly tokenMinutes?: string;
  readonly method?: 'pgp' | 'otp';
  readonly kind?: TokenKind;
  readonly task?: string[];
  readonly tasksFile?: string;
  readonly roster?: string[];
  readonly gives?: string[];
  readonly holds?: string[];
  readonly stateAlone?: boolean;
  readonly sameStation?: boolean;
  readonly agree?: boolean;
  readonly reopen?: boolean;
  readonly yes?: boolean;
}

/** `airlock offline plan`. */
export function definePlan(command: Command, terminal: Terminal): void {
  withMessages(withLaptop(command), "the online station's message")
    .option('--new', 'begin another ceremony although one is open')
    .option('--rehearsal', 'mark the ceremony that is begun as a rehearsal')
    .option('--words <words>', "the station message's words as its operator reads them out")
    .option('--server-address <url>', 'without a station: the address that the operator reads out')
    .option('--threshold <number>', 'without a station: how many shares make a quorum')
    .option('--shares <number>', 'without a station: how many shares there are')
    .option('--otp-length <number>', "without a station: the server's otp_length", '28')
    .option('--script <script>', 'which script it goes by: its words, hash or title, “standard”, or “none”')
    .option('--title <text>', 'name of the ceremony')
    .option('--purpose <text>', 'what the token is for; every custodian reads it')
    .option('--ticket <text>', 'the change ticket')
    .addOption(new Option('--method <method>', 'how the token travels').choices(['pgp', 'otp']))
    .addOption(
      new Option('--kind <kind>', 'what the shares make: a root token, or another').choices(TOKEN_KINDS),
    )
    .option('--task <text...>', 'what the token will be used for, in order, instead of what the plan has')
    .option('--token-minutes <number>', 'how long the token may be in somebody’s hands (default: 60)')
    .option('--tasks-file <file>', 'the tasks as a JSON array, for a station; “-” is standard input')
    .option('--roster <name...>', 'who takes part, instead of whom the plan has: names or fingerprints')
    .option('--gives <custodian=operator...>', 'whose station takes whose share; “NAME=” makes a reserve')
    .option('--holds <custodian=number...>', 'how many shares a custodian holds, if more than one')
    .option('--state-alone', 'state that one person alone may have a whole quorum: an exception on record')
    .option('--no-state-alone', 'take that back')
    .option('--same-station', 'allow the station that knows the one-time password to finish: an exception')
    .option('--no-same-station', 'take that back')
    .option('--agree', 'fix the plan')
    .option('--reopen', 'go back to the plan: what was made for it is withdrawn and destroyed')
    .option('--yes', 'do not ask before going back')
    .action((flags: PlanFlags) =>
      atLaptop(terminal, flags, [...(flags.message ?? []), flags.tasksFile], (laptop) => plan(laptop, flags)),
    );
}

async function plan(laptop: Laptop, flags: PlanFlags): Promise<void> {
  const { terminal, station, home } = laptop;
  const changes = { ...changesOf(home, flags), ...(await tasksOf(laptop, flags)) };
  const begins = flags.new === true || (flags.ceremony === undefined && openCeremonies(home).length === 0);
  if (begins) station.beginCeremony(flags.rehearsal === true);
  else await openCeremony(laptop, flags);
  const desk = station.officer();
  if (flags.rehearsal === true && !desk.state.draft.rehearsal) {
    throw new CliError(
      'usage',
      'This ceremony was begun as a real one, and stays so. Begin a rehearsal with --new --rehearsal.',
    );
  }
  if (flags.reopen) {
    if (!flags.yes)
      await askYes(
        terminal,
        'Go back to the plan? What was made for it is withdrawn, and its key or one-time password destroyed; an attempt that runs has to be cancelled.',
        '--yes',
      );
    desk.reopenPlan();
  }
  if (flags.message !== undefined) terminal.say(`${await takeMessage(laptop, flags.message, 'station')}\n`);
  if (flags.serverAddress !== undefined) desk.plan.takeByHand(factsTyped(flags.serverAddress, flags));
  // What is typed with it counts, whatever the script proposes.
  const wanted = { ...(flags.script === undefined ? {} : chooseScript(laptop, flags.script)), ...changes };
  if (Object.keys(wanted).length > 0) desk.plan.saveDraft(fittingDraft({ ...desk.state.draft, ...wanted }));
  const { state } = desk;
  const introduced = 'server' in state ? (state.server?.station ?? null) : null;
  if (introduced !== null && (flags.message !== undefined || flags.words !== undefined))
    await recordCompared(laptop, flags, 'station', digestWords(fromHex(introduced.digest)));
  if (flags.agree) desk.plan.agree(desk.state.draft);
  const own = station.identity();
  const { state: made } = desk;
  answer(terminal, flags, { ...planJson(made, own, home), script: planScriptJson(desk) }, [
    ...planRows(made, own, home),
    ...planScriptRows(desk),
  ]);
  if (flags.json) return;
  const words = ceremonyWords(fromHex(desk.state.id));
  if (desk.state.step === 'key') terminal.say(`Agreed: “${words}”. Next: airlock offline start\n`);
  if (desk.state.step === 'plan')
    terminal.say(`This is a plan still: “${words}”. When all is right: airlock offline plan --agree\n`);
}

const factsTyped = (address: string, flags: PlanFlags) => ({
  address,
  threshold: wholeNumber(flags.threshold ?? '', '--threshold', 1, 255),
  shares: wholeNumber(flags.shares ?? '', '--shares', 1, 255),
  otpLength: wholeNumber(flags.otpLength ?? '', '--otp-length', 0, 255),
});

type Changes = { -readonly [K in keyof PlanDraft]?: PlanDraft[K] };

/** What the flags say of the plan, and nothing else. Throws `CliError` 'usage' and 'ambiguous'. */
function changesOf(home: Home, flags: PlanFlags): Changes {
  const changes: Changes = {};
  if (flags.title !== undefined) changes.title = flags.title;
  if (flags.purpose !== undefined) changes.purpose = flags.purpose;
  if (flags.ticket !== undefined) changes.ticket = flags.ticket;
  if (flags.method !== undefined) changes.method = flags.method;
  if (flags.kind !== undefined) changes.tokenKind = flags.kind;
  if (flags.tokenMinutes !== undefined)
    changes.tokenMinutes = wholeNumber(flags.tokenMinutes, '--token-minutes', 1, MOST_TOKEN_MINUTES);
  if (flags.roster !== undefined) changes.roster = flags.roster.map((name) => personNamed(home, name));
  if (flags.gives !== undefined)
    changes.stations = Object.fromEntries(
      flags.gives.map((text) => {
        const [custodian, operator] = pairOf(text, '--gives');
        return [personNamed(home, custodian), operator === '' ? '' : personNamed(home, operator)];
      }),
    );
  if (flags.holds !== undefined)
    changes.shares = Object.fromEntries(
      flags.holds.map((text) => {
        const [custodian, number] = pairOf(text, '--holds');
        return [personNamed(home, custodian), wholeNumber(number, '--holds', 2, 16)];
      }),
    );
  if (flags.stateAlone !== undefined) changes.quorumAtOneStation = flags.stateAlone;
  if (flags.sameStation !== undefined) changes.sameStationAllowed = flags.sameStation;
  return changes;
}

/** The tasks that the flags name. A task that a window began is dropped then. Throws as `tasksInFile`. */
async function tasksOf(
  { terminal, home, station }: Laptop,
  { task, tasksFile }: PlanFlags,
): Promise<Changes> {
  if (task !== undefined && tasksFile !== undefined)
    throw new CliError(
      'usage',
      '--task and --tasks-file both say all tasks. Lines may stand in the file, too.',
    );
  if (task !== undefined) return { tasks: withRevocation(task), taskInHand: null };
  if (tasksFile === undefined) return {};
  const tasks = await tasksInFile(terminal, tasksFile, home, station.identity());
  return { tasks: withRevocation(tasks), taskInHand: null };
}

/** Throws `CliError` 'usage' where a text of the plan is longer than others can be shown. */
function fittingDraft(draft: PlanDraft): PlanDraft {
  const fitting = planDraft.safeParse(draft);
  if (fitting.success) return fitting.data;
  const [issue] = fitting.error.issues;
  throw new CliError(
    'usage',
    `The plan's ${String(issue?.path[0] ?? 'text')} is too long for the screens that show it (${issue?.message ?? ''}). Shorten it.`,
  );
}
