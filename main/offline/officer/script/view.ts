import type { ScriptView } from '../../../../shared/ipc/offline/script';
import { type CarriedOut, type CarriedOutStep, countOf, endOf } from '../../../../shared/script/carried-out';
import { scriptWords } from '../../../../shared/script/script-hash';
import type { EventData, JournalLine } from '../../../../shared/transcript/event';

/** What the window shows of the ceremony's script. `lines`: of the ceremony's journal. */
export function scriptView(script: CarriedOut, lines: readonly JournalLine[]): ScriptView {
  const { sha256, title, version, about, breaks } = script;
  const opened = lines.find((line) => line.event === 'journal-opened');
  const officer = opened?.event === 'journal-opened' ? opened.data.name : '';
  const rest = breaks.at(-1);
  const extra = script.people.filter(({ to }) => to === null);
  const roster = rosterOf(lines);
  return {
    sha256,
    words: scriptWords(sha256),
    title,
    version,
    about,
    proposes: script.proposes ?? null,
    ...countOf(script),
    sections: script.sections.map(({ title, signs, steps }, i) => ({
      title,
      signs: [...signs],
      steps: steps.map((step, j) => stepView(step, i + 1, j + 1, officer)),
    })),
    roles: script.roles.map(({ name, duty, plays }) => ({
      name,
      duty,
      people: [
        ...roster.filter(({ role }) => role === plays).map((person) => person.name),
        ...(plays === 'officer' && roster.length === 0 ? [officer] : []),
        ...extra.filter(({ role }) => role === name).map((person) => person.name),
      ],
    })),
    extra: extra.map(({ role, name, organisation }) => ({ role, name, organisation })),
    rest: rest?.to === null ? { from: rest.from, stayed: rest.stayed } : null,
  };
}

function rosterOf(lines: readonly JournalLine[]): EventData<'plan-agreed'>['roster'] {
  const agreed = lines.findLast((line) => line.event === 'plan-agreed');
  return agreed?.event === 'plan-agreed' ? agreed.data.roster : [];
}

const stepView = (
  step: CarriedOutStep,
  section: number,
  number: number,
  officer: string,
): ScriptView['sections'][number]['steps'][number] => ({
  number: step.number,
  section,
  step: number,
  action: step.action,
  by: step.by,
  expected: step.expected,
  checks: step.checks.map(({ text, value }) => ({ text, value: value ?? null })),
  isOwn: step.own !== undefined,
  state: step.state,
  end: endOf(step, officer),
  done: step.done?.text ?? null,
  record: step.record && {
    at: step.record.at,
    by: step.record.by,
    actual: step.record.actual,
    deviation: step.record.deviation,
    decidedBy: step.record.decidedBy,
    checks: [...step.record.checks],
  },
  after: step.after,
});
