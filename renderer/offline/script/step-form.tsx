import { useEffect, useRef, useState } from 'react';
import type { ScriptStepView } from '../../../shared/ipc/offline/script';
import { Button } from '../../parts/button';
import { Tick } from '../../parts/choice';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { Problem } from '../../parts/problem';
import { TextField } from '../../parts/text-field';
import { useCall } from '../call';
import { useStepDraft } from './drafts';

export interface StepFormProps {
  /** Id of the ceremony. */
  readonly ceremony: string;
  readonly step: ScriptStepView;
  /** Who has the role that it is for. */
  readonly people: readonly string[];
  /** It takes the focus: a person chose it, or recorded the one before. */
  readonly takesFocus: boolean;
  readonly onRecorded: () => void;
  readonly onBack: () => void;
}

/** One step while it is carried out: its checks, what was seen, and whether that is as expected. */
export function StepForm({ ceremony, step, people, takesFocus, onRecorded, onBack }: StepFormProps) {
  const { draft, change, forget } = useStepDraft(ceremony, step, people);
  const record = useCall('officer.script.step');
  const [heading, setHeading] = useState<HTMLHeadingElement | null>(null);
  const wantsFocus = useRef(takesFocus);
  useEffect(() => {
    if (wantsFocus.current) heading?.focus();
  }, [heading]);
  const send = async (result: 'as-expected' | 'deviation') => {
    const { deviates: _, ...given } = draft;
    const checks = draft.checks.map((check) => ({ ...check }));
    const answer = await record.run({ ...given, checks, result, section: step.section, step: step.step });
    if (!answer.ok) return;
    forget();
    onRecorded();
  };
  const waits = step.isOwn && step.done === null;
  const check = (place: number, next: Partial<(typeof draft.checks)[number]>) =>
    change({ checks: draft.checks.map((each, i) => (i === place ? { ...each, ...next } : each)) });
  return (
    <Form onSubmit={() => void send(draft.deviates ? 'deviation' : 'as-expected')}>
      <h3 tabIndex={-1} ref={setHeading} className="script-now">
        <span className="script-number">{step.number}</span> {step.action}
      </h3>
      {step.expected === '' ? null : (
        <p>
          <span className="quiet">To be seen: </span>
          {step.expected}
        </p>
      )}
      {step.isOwn ? (
        <p className="note">{step.done ?? 'Airlock does this, and fills it in by itself.'}</p>
      ) : null}
      {step.checks.map(({ text, value }, i) => (
        <div className="script-check" key={`${step.number} ${text}`}>
          <Tick name={text} on={draft.checks[i]?.done === true} onChange={(done) => check(i, { done })} />
          {value === null ? null : (
            <TextField
              label={valueLabel(step, i)}
              value={draft.checks[i]?.value ?? ''}
              onChange={(given) => check(i, { value: given, ...(given === '' ? {} : { done: true }) })}
              maxLength={80}
            />
          )}
        </div>
      ))}
      <TextField
        label={`Done by (${step.by})`}
        {...(people.length > 1 ? { hint: `One of ${people.join(', ')}, or whoever stepped in.` } : {})}
        value={draft.by}
        onChange={(by) => change({ by })}
        maxLength={80}
      />
      <TextField
        label="What was seen"
        hint="May be left empty where it is just what was to be seen. Write no secret here."
        value={draft.actual}
        onChange={(actual) => change({ actual })}
        maxLength={300}
        lines={2}
      />
      {draft.deviates ? (
        <>
          <TextField
            label="What deviated, why, and what was done about it"
            value={draft.deviation}
            onChange={(deviation) => change({ deviation })}
            maxLength={600}
            lines={3}
          />
          <TextField
            label="Decided by"
            value={draft.decidedBy}
            onChange={(decidedBy) => change({ decidedBy })}
            maxLength={80}
          />
        </>
      ) : null}
      <Problem text={record.problem} />
      <Foot>
        {draft.deviates ? (
          <>
            <Button submit busy={record.busy}>
              Record the deviation
            </Button>
            <Button kind="quiet" onPress={() => change({ deviates: false })}>
              It did not deviate
            </Button>
          </>
        ) : (
          <>
            <Button submit busy={record.busy} disabled={waits}>
              Step {step.number} is as expected
            </Button>
            <Button kind="quiet" onPress={() => change({ deviates: true })}>
              It deviated
            </Button>
          </>
        )}
        <Button kind="quiet" onPress={onBack}>
          Back to the ceremony
        </Button>
      </Foot>
    </Form>
  );
}

/** What a check's value is called: with the check, where the step asks for several of that kind. */
function valueLabel({ checks }: ScriptStepView, place: number): string {
  const { text = '', value = null } = checks[place] ?? {};
  const label = value === null ? '' : `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`;
  return checks.filter((check) => check.value === value).length > 1 ? `${label}: ${text}` : label;
}
