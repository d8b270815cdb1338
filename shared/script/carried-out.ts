import type { EventData, JournalLine } from '../transcript/event';
import { ownStepOf, ownStepWords } from './own-step';
import type { OwnStep, Script, ScriptSection, ScriptStep } from './script';
import { scriptHash } from './script-hash';

/** A step as somebody recorded it. */
export interface StepRecord extends Omit<EventData<'script-step'>, 'section' | 'step'> {
  /** ISO 8601 UTC, by the station's clock. */
  readonly at: string;
  /** Number of the journal's line. */
  readonly line: number;
}

/** The program did a step of its own. */
export interface OwnRecord {
  readonly at: string;
  readonly line: number;
  readonly text: string;
}

export interface CarriedOutStep extends ScriptStep {
  /** "2.3": section and step, from 1. */
  readonly number: string;
  readonly state: 'open' | 'as-expected' | 'deviation';
  /** What counts; null where nobody recorded it. */
  readonly record: StepRecord | null;
  /** What was recorded before that, and counts no more. */
  readonly earlier: readonly StepRecord[];
  /** What the program did last; null: nothing, or the step is none of its own. */
  readonly done: OwnRecord | null;
  /** Number of a later step of the script that was carried out before this one; null: none was. */
  readonly after: string | null;
}

export interface CarriedOutSection {
  readonly title: string;
  readonly signs: readonly string[];
  readonly steps: readonly CarriedOutStep[];
}

/** Somebody who takes part besides the plan's people. */
export interface ScriptPerson {
  readonly role: string;
  readonly name: string;
  readonly organisation: string;
  /** ISO 8601 UTC. */
  readonly from: string;
  /** Null: still there. */
  readonly to: string | null;
}

export interface Break {
  readonly from: string;
  /** Null: it lasts. */
  readonly to: string | null;
  readonly stayed: string;
}

/** A script and how it was carried out, as a journal tells. */
export interface CarriedOut extends Omit<Script, 'sections'> {
  readonly sha256: string;
  /** All of its sections are on record, and they are those that its hash is of. */
  readonly isWhole: boolean;
  readonly chosenAt: string;
  /** When another took its place, or none; null: it counts still. */
  readonly until: string | null;
  readonly sections: readonly CarriedOutSection[];
  readonly people: readonly ScriptPerson[];
  readonly breaks: readonly Break[];
}

/** A script while the lines of its journal are read. */
interface Reading {
  readonly head: EventData<'script-chosen'>;
  readonly chosenAt: string;
  until: string | null;
  sections: ScriptSection[];
  readonly records: Map<string, StepRecord[]>;
  readonly done: Map<OwnStep, OwnRecord>;
  readonly people: ScriptPerson[];
  readonly breaks: Break[];
}

/**
 * Every script that a journal's ceremony went by, the latest last, and how each was carried out. Steps that
 * the program does itself are filled in from its lines, also from those before the script was chosen. Where
 * the plan was agreed on anew, what had been made by the one before counts no more.
 */
export function carriedOut(lines: readonly JournalLine[]): CarriedOut[] {
  const all: Reading[] = [];
  let current: Reading | null = null;
  let done = new Map<OwnStep, OwnRecord>();
  for (const line of lines) {
    const own = ownStepOf(line);
    if (own !== null) {
      if (own === 'plan-agreed') done = new Map([...done].filter(([kind]) => kind === 'server-known'));
      done.set(own, { at: line.at, line: line.n, text: ownStepWords(line) });
      if (current !== null) replace(current.done, done);
    }
    if (line.event === 'script-chosen') {
      if (current?.head.sha256 === line.data.sha256) current.sections = [];
      else {
        if (current !== null) current.until = line.at;
        current = begun(line.data, line.at, done);
        all.push(current);
      }
    } else if (line.event === 'script-left') {
      if (current !== null) current.until = line.at;
      current = null;
    } else if (current !== null) take(current, line);
  }
  return all.map(asCarriedOut);
}

const begun = (
  head: EventData<'script-chosen'>,
  chosenAt: string,
  done: ReadonlyMap<OwnStep, OwnRecord>,
): Reading => ({
  head,
  chosenAt,
  until: null,
  sections: [],
  records: new Map(),
  done: new Map(done),
  people: [],
  breaks: [],
});

function replace(into: Map<OwnStep, OwnRecord>, by: ReadonlyMap<OwnStep, OwnRecord>): void {
  into.clear();
  for (const [kind, record] of by) into.set(kind, record);
}

function take(reading: Reading, line: JournalLine): void {
  switch (line.event) {
    case 'script-section': {
      const { number, ...section } = line.data;
      if (number === reading.sections.length + 1) reading.sections.push(section);
      return;
    }
    case 'script-step': {
      const { section, step, ...record } = line.data;
      const number = `${section}.${step}`;
      const before = reading.records.get(number) ?? [];
      reading.records.set(number, [...before, { ...record, at: line.at, line: line.n }]);
      return;
    }
    case 'script-person': {
      const { left, ...person } = line.data;
      // Somebody who left and came back is there twice, and only the last time may still last.
      const place = reading.people.findIndex(
        ({ role, name, to }) => role === person.role && name === person.name && to === null,
      );
      const there = reading.people[place];
      if (there !== undefined)
        reading.people[place] = left ? { ...there, to: line.at } : { ...there, ...person };
      else if (!left) reading.people.push({ ...person, from: line.at, to: null });
      return;
    }
    case 'script-break': {
      const last = reading.breaks.at(-1);
      if (line.data.what === 'begins')
        reading.breaks.push({ from: line.at, to: null, stayed: line.data.stayed });
      else if (last?.to === null) reading.breaks[reading.breaks.length - 1] = { ...last, to: line.at };
      return;
    }
    default:
  }
}

function asCarriedOut(reading: Reading): CarriedOut {
  const { sha256, sections: count, ...head } = reading.head;
  const { chosenAt, until, people, breaks, sections } = reading;
  const steps = sections.map((section, s) =>
    section.steps.map((step, i) => stepOf(reading, step, `${s + 1}.${i + 1}`)),
  );
  const inOrder = steps.flat();
  return {
    ...head,
    sha256,
    isWhole: sections.length === count && scriptHash({ ...head, sections }) === sha256,
    chosenAt,
    until,
    people,
    breaks,
    sections: sections.map(({ title, signs }, s) => ({
      title,
      signs,
      steps: (steps[s] ?? []).map((step) => ({ ...step, after: afterOf(step, inOrder) })),
    })),
  };
}

function stepOf(reading: Reading, step: ScriptStep, number: string): CarriedOutStep {
  const records = reading.records.get(number) ?? [];
  const record = records.at(-1) ?? null;
  const done = (step.own === undefined ? null : reading.done.get(step.own)) ?? null;
  return {
    ...step,
    number,
    // What people have to check besides, no journal can fill in.
    state: record?.result ?? (done !== null && step.checks.length === 0 ? 'as-expected' : 'open'),
    record,
    earlier: records.slice(0, -1),
    done,
    after: null,
  };
}

/** The line by which a step was carried out for the first time; null: it wasn't. */
const lineOf = ({ state, record, earlier, done }: CarriedOutStep): number | null =>
  state === 'open' ? null : ((earlier[0] ?? record ?? done)?.line ?? null);

function afterOf(step: CarriedOutStep, all: readonly CarriedOutStep[]): string | null {
  const line = lineOf(step);
  if (line === null || step.record === null) return null;
  const later = all.slice(all.findIndex(({ number }) => number === step.number) + 1);
  return later.find((each) => (lineOf(each) ?? line) < line)?.number ?? null;
}

/** How many steps of a script there are, and how they went. */
export interface ScriptCount {
  readonly steps: number;
  readonly open: number;
  readonly deviations: number;
}

export function countOf({ sections }: Pick<CarriedOut, 'sections'>): ScriptCount {
  const steps = sections.flatMap((section) => section.steps);
  return {
    steps: steps.length,
    open: steps.filter(({ state }) => state === 'open').length,
    deviations: steps.filter(({ state }) => state === 'deviation').length,
  };
}

/** When, by whom and with what a step ended, whoever recorded it; null where it is open. */
export function endOf(
  { record, done, state }: CarriedOutStep,
  officer: string,
): { readonly at: string; readonly by: string; readonly actual: string } | null {
  if (state === 'open') return null;
  if (record === null) return done && { at: done.at, by: officer, actual: done.text };
  return { at: record.at, by: record.by, actual: record.actual || (done?.text ?? '') };
}
