import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { TaskInHand } from '../../../../shared/ceremony/plan';
import { shownTasks } from '../../../../shared/task/shown-task';
import type { TaskEntry } from '../../../../shared/task/task';
import { Button } from '../../../parts/button';
import { Card } from '../../../parts/card';
import { focusWrong } from '../../../parts/focus-wrong';
import { Foot } from '../../../parts/foot';
import { Form } from '../../../parts/form';
import { PlannedTask } from '../../../parts/planned-tasks';
import { Problem } from '../../../parts/problem';
import { Step } from '../../../parts/step';
import { filledIn } from './in-hand';
import { type Recipient, TaskField } from './task-field';
import { isTemplateName, templates } from './templates';

export interface TaskFormProps {
  readonly inHand: TaskInHand;
  readonly recipients: readonly Recipient[];
  readonly onChange: (inHand: TaskInHand) => void;
  /** What was typed now is to be kept. */
  readonly onKeep: () => void;
  readonly onTake: (entry: TaskEntry, at: number | null) => void;
  /** Back to the plan; what is filled in stays. */
  readonly onBack: () => void;
}

/** A task of the plan, filled in from its template. Beside it stands what everyone will read. */
export function TaskForm({ inHand, recipients, onChange, onKeep, onTake, onBack }: TaskFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  if (!isTemplateName(inHand.template)) return null;
  const template = templates[inHand.template];
  const result = filledIn(inHand);
  const wrong = tried && 'wrong' in result ? result.wrong : null;
  const isPlaced = wrong !== null && template.fields.some(({ field }) => field === wrong.field);
  const [shown] = 'entry' in result ? shownTasks([result.entry], recipients, 'root') : [];
  const take = () => {
    if ('entry' in result) return onTake(result.entry, inHand.at);
    flushSync(() => setTried(true));
    focusWrong(form.current);
  };
  return (
    <Step
      title={template.name}
      lead={template.hint}
      aside={
        <Card title="What everyone will read">
          {shown === undefined ? (
            <p className="quiet">It stands here as soon as all that is needed is filled in.</p>
          ) : (
            <PlannedTask task={shown} />
          )}
        </Card>
      }
    >
      <Form field={form} onBlur={onKeep} onSubmit={take}>
        {template.fields.map((spec) => (
          <TaskField
            key={spec.field}
            spec={spec}
            value={inHand.fields[spec.field]}
            recipients={recipients}
            wrong={wrong?.field === spec.field ? wrong.message : null}
            onChange={(value) => onChange({ ...inHand, fields: { ...inHand.fields, [spec.field]: value } })}
          />
        ))}
        <Foot>
          <Button submit>
            {inHand.at === null ? 'Add this task to the plan' : 'Change this task of the plan'}
          </Button>
          <Button kind="quiet" onPress={onBack}>
            Back to the plan
          </Button>
          <Problem text={isPlaced ? null : wrong?.message} />
        </Foot>
      </Form>
    </Step>
  );
}
