import type { ReactNode } from 'react';
import type { ScriptStepView, ScriptView } from '../../../shared/ipc/offline/script';
import { Button } from '../../parts/button';
import { timeOf } from '../../parts/names';

export interface SectionsProps {
  readonly script: ScriptView;
  /** Number of the step that is filled in; '' where none is. */
  readonly at: string;
  /** Null: nothing can be recorded any more. */
  readonly onPick: ((number: string) => void) | null;
  /** The form of the step that is filled in, in its place. */
  readonly form: ReactNode;
}

/** All steps of the script, section by section, each with how it went. */
export const Sections = ({ script, at, onPick, form }: SectionsProps) => (
  <>
    {script.sections.map(({ title, steps }, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: sections have no other name that is theirs alone
      <section key={i} className="script-section" aria-label={title}>
        <h2>
          {i + 1}. {title}
        </h2>
        <ol className="script-steps">
          {steps.map((step) => (
            <li key={step.number} className={`script-${step.state}`}>
              {step.number === at ? form : <StepRow step={step} onPick={onPick} />}
            </li>
          ))}
        </ol>
      </section>
    ))}
  </>
);

const states = { open: 'Open', 'as-expected': 'As expected', deviation: 'Deviation' } as const;
const marks = { open: '', 'as-expected': '✓', deviation: '!' } as const;

function StepRow({
  step,
  onPick,
}: {
  readonly step: ScriptStepView;
  readonly onPick: SectionsProps['onPick'];
}) {
  const { number, action, state, end, record, after } = step;
  return (
    <div className="script-row">
      <span className="script-mark" aria-hidden="true">
        {marks[state]}
      </span>
      <div className="script-what">
        <p>
          <span className="script-number">{number}</span> {action}
        </p>
        <p className="quiet">
          {state === 'open' ? `For: ${step.by}` : states[state]}
          {end === null ? null : `, ${end.by} at ${timeOf(end.at)}`}
          {end === null || end.actual === '' ? null : `. ${end.actual}`}
        </p>
        {given(step).map((line) => (
          <p className="quiet" key={line}>
            {line}
          </p>
        ))}
        {record === null || record.deviation === '' ? null : (
          <p className="script-deviated">
            {record.deviation} <span className="quiet">Decided by {record.decidedBy}.</span>
          </p>
        )}
        {after === null ? null : <p className="quiet">Out of order: after step {after}.</p>}
      </div>
      {onPick === null ? null : (
        <Button
          kind="quiet"
          small
          label={`${state === 'open' ? 'Open' : 'Correct'} step ${number}`}
          onPress={() => onPick(number)}
        >
          {state === 'open' ? 'Open' : 'Correct'}
        </Button>
      )}
    </div>
  );
}

/** What was written down with its checks, a line each. */
const given = ({ checks, record }: ScriptStepView): string[] =>
  checks.flatMap(({ text }, i) => {
    const value = record?.checks[i]?.value ?? '';
    return value === '' ? [] : [`${text}: ${value}`];
  });
