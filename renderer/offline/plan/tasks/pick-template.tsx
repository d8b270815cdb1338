import { useState } from 'react';
import { Button } from '../../../parts/button';
import { Choice } from '../../../parts/choice';
import { Foot } from '../../../parts/foot';
import { Step } from '../../../parts/step';
import { type TemplateName, templates } from './templates';

const options = (Object.keys(templates) as TemplateName[]).map((value) => ({
  value,
  name: templates[value].name,
  hint: templates[value].hint,
}));

export interface PickTemplateProps {
  readonly onPick: (template: TemplateName) => void;
  readonly onBack: () => void;
}

/** What kind of task it is. Everything but the last can be read as the request that it sends. */
export function PickTemplate({ onPick, onBack }: PickTemplateProps) {
  const [template, setTemplate] = useState<TemplateName>('write-policy');
  return (
    <Step
      title="What will the token be used for?"
      lead="Each task is shown to every custodian in plain words, and as the exact request beneath."
    >
      <Choice label="Kind of task" options={options} value={template} onChange={setTemplate} />
      <Foot>
        <Button onPress={() => onPick(template)}>Fill it in</Button>
        <Button kind="quiet" onPress={onBack}>
          Back to the plan
        </Button>
      </Foot>
    </Step>
  );
}
