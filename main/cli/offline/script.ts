import { type Command, Option } from 'commander';
import type { ScriptStepView, ScriptView } from '../../../shared/ipc/offline/script';
import { nextStep } from '../../../shared/script/next-step';
import type { EventData } from '../../../shared/transcript/event';
import { scriptView } from '../../offline/officer/script/view';
import { CliError } from '../parts/cli-error';
import type { Terminal } from '../parts/terminal';
import { wholeNumber } from '../parts/whole-number';
import { checkRows } from '../script/shown-script';
import { ceremonyJson, ceremonyName } from './ceremony-facts';
import { answer, type Rows } from './code-out';
import { atLaptop, type Laptop, type LaptopFlags, openCeremony, withLaptop } from './laptop';

interface ScriptFlags extends LaptopFlags {
  readonly step?: string;
  readonly by?: string;
  readonly tick?: string[];
  readonly value?: string[];
  readonly saw?: string;
  readonly deviation?: string;
  readonly decidedBy?: string;
  readonly person?: string;
  readonly role?: string;
  readonly organisation?: string;
  readonly left?: boolean;
  readonly break?: 'begins' | 'ends';
  readonly stayed?: string;
}

/** `airlock offline script`. */
export function defineScript(command: Command, terminal: Terminal): void {
  withLaptop(command)
    .option('--step <number>', 'record how this step went, such as 2.3: as expected, unless --deviation')
    .option('--by <name>', 'who did the step (default: who has its role, where that is one person)')
    .option('--tick <number...>', 'which of its checks are ticked, from 1')
    .option('--value <number=text...>', 'what was written down with a check, which ticks it')
    .option('--saw <text>', 'what was seen, where it is not just what was to be seen; no secret')
    .option('--deviation <text>', 'the step deviated: what happened, why, and what was done')
    .option('--decided-by <name>', 'who decided on what to do about it')
    .option('--person <name>', "somebody takes part besides the plan's people")
    .option('--role <role>', 'as what: a role of the script')
    .option('--organisation <name>', 'for whom', '')
    .option('--left', 'that person has left')
    .addOption(new Option('--break <what>', 'a break').choices(['begins', 'ends']))
    .option('--stayed <names>', 'who stayed in the room meanwhile', '')
    .action((flags: ScriptFlags) => atLaptop(terminal, flags, [], (laptop) => script(laptop, flags)));
}

async function script(laptop: Laptop, flags: ScriptFlags): Promise<void> {
  const { terminal, station } = laptop;
  refuseHalves(flags);
  await openCeremony(laptop, flags);
  const desk = station.officer();
  const shown = (): ScriptView | null =>
    desk.script.current === null ? null : scriptView(desk.script.current, desk.file.journal.entries());
  if (flags.person !== undefined) {
    const { person: name, role = '', organisation = '', left } = flags;
    desk.script.person({ name, role, organisation, ...(left ? { left: true as const } : {}) });
  }
  if (flags.break !== undefined) desk.script.rest({ what: flags.break, stayed: flags.stayed ?? '' });
  if (flags.step !== undefined) desk.script.record(recordOf(shown(), flags.step, flags));
  const view = shown();
  const rows: Rows = [['Ceremony', ceremonyName(desk.state.id, desk.state.draft.rehearsal)]];
  answer(terminal, flags, { ...ceremonyJson(desk.state), script: view }, [
    ...rows,
    ...(view === null ? [['Script', 'none'] as const] : viewRows(view)),
  ]);
  if (flags.json || view === null) return;
  const next = nextOf(view);
  terminal.say(
    next === undefined
      ? 'Every step is on record.\n'
      : `Next, for the record: airlock offline script --step ${next.number}\n`,
  );
}

/** What belongs to a step, a person or a break, without one, would be lost. Throws `CliError` 'usage'. */
function refuseHalves(flags: ScriptFlags): void {
  const { step, by, tick, value, saw, deviation, decidedBy, person, role, left } = flags;
  if (step === undefined && [by, tick, value, saw, deviation, decidedBy].some((each) => each !== undefined))
    throw new CliError('usage', 'Say which step it is about: --step NUMBER.');
  if (deviation === undefined && decidedBy !== undefined)
    throw new CliError('usage', '--decided-by is for a deviation. Say what deviated: --deviation TEXT.');
  if ((person === undefined) !== (role === undefined) || (left && person === undefined))
    throw new CliError('usage', 'Say who it is and as what: --person NAME --role ROLE.');
}

/** What the flags say of a step. One that isn't there is the desk's to refuse. Throws `CliError` 'usage'. */
function recordOf(view: ScriptView | null, number: string, flags: ScriptFlags): EventData<'script-step'> {
  const found = /^([1-9]\d?)\.([1-9]\d?)$/.exec(number.trim());
  if (found === null) throw new CliError('usage', 'A step is named by section and step, such as --step 2.3.');
  const [section, step] = [Number(found[1]), Number(found[2])];
  const of = view?.sections[section - 1]?.steps[step - 1];
  const people = view?.roles.find(({ name }) => name === of?.by)?.people ?? [];
  return {
    section,
    step,
    result: flags.deviation === undefined ? 'as-expected' : 'deviation',
    checks: checksOf(of?.checks ?? [], flags),
    actual: flags.saw ?? '',
    by: flags.by ?? (people.length === 1 ? (people[0] ?? '') : ''),
    deviation: flags.deviation ?? '',
    decidedBy: flags.decidedBy ?? '',
  };
}

/** Throws `CliError` 'usage' where a number is of no check, or a value for one that has none. */
function checksOf(
  checks: ScriptStepView['checks'],
  { tick = [], value = [] }: ScriptFlags,
): EventData<'script-step'>['checks'] {
  const given = checks.map(() => ({ done: false, value: '' }));
  const place = (text: string, option: string): number => {
    if (checks.length === 0)
      throw new CliError('usage', `This step has no checks, so ${option} has no place.`);
    return wholeNumber(text, option, 1, checks.length) - 1;
  };
  for (const number of tick) given[place(number, '--tick')] = { done: true, value: '' };
  for (const pair of value) {
    const cut = pair.indexOf('=');
    if (cut < 1) throw new CliError('usage', '--value takes the number of a check and its value: 1=TEXT.');
    const at = place(pair.slice(0, cut), '--value');
    if (checks[at]?.value === null)
      throw new CliError('usage', `Check ${at + 1} has no value to write down. Tick it: --tick ${at + 1}.`);
    given[at] = { done: true, value: pair.slice(cut + 1) };
  }
  return given;
}

const nextOf = ({ sections }: ScriptView): ScriptStepView | undefined =>
  nextStep(sections.flatMap(({ steps }) => steps));

const marks = { open: ' ', 'as-expected': 'x', deviation: '!' } as const;

function viewRows(view: ScriptView): Rows {
  const { title, version, words, steps, open, deviations, sections, rest, extra } = view;
  const next = nextOf(view);
  return [
    ['Script', `${title}, version ${version}`],
    ['Read aloud', words],
    ['On record', `${steps - open} of ${steps} steps, ${deviations} of them deviated`],
    ...extra.map(({ name, role }, i) => [i === 0 ? 'There, too' : '', `${name}, ${role}`] as const),
    ['Break', rest === null ? undefined : `since ${rest.from}`],
    ...sections.flatMap(
      (section, s): Rows => [
        [`Section ${s + 1}`, section.title],
        ...section.steps.flatMap(
          (step): Rows => [
            [`${step.number} [${marks[step.state]}]`, `${step.action} (${step.by})`],
            ...(step === next ? nextRows(step) : []),
            [
              '',
              step.end === null
                ? undefined
                : `${step.end.at.slice(11, 19)} ${step.end.by} ${step.end.actual}`.trim(),
            ],
            ['', step.record?.deviation ? `Deviation: ${step.record.deviation}` : undefined],
          ],
        ),
      ],
    ),
  ];
}

/** Of the step whose turn it is, all that has to be looked at. */
const nextRows = ({ expected, checks, isOwn, done }: ScriptStepView): Rows => [
  ['', expected],
  ['', isOwn ? (done ?? 'Airlock does this, and fills it in by itself.') : undefined],
  ...checkRows(checks),
];
