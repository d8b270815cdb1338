import { useEffect, useRef, useState } from 'react';
import type { OfficerView } from '../../../shared/ipc/offline/officer';
import type { ScriptView } from '../../../shared/ipc/offline/script';
import { nextStep } from '../../../shared/script/next-step';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { BreakCard } from './break-card';
import { PeopleCard } from './people-card';
import { Sections } from './sections';
import { StepForm } from './step-form';

export interface ScriptScreenProps {
  readonly ceremony: OfficerView;
  readonly script: ScriptView;
  readonly onBack: () => void;
}

/** The script of the ceremony: each step as it is carried out, from the first that is open. */
export function ScriptScreen({ ceremony, script, onBack }: ScriptScreenProps) {
  const closed = ceremony.checkpoint !== null;
  const steps = script.sections.flatMap((section) => section.steps);
  const [picked, setPicked] = useState<string | null>(null);
  const at = closed ? undefined : (steps.find(({ number }) => number === picked) ?? nextStep(steps));
  // Another step than the one that the screen showed takes the focus; the first leaves it with the title.
  const shown = useRef(at?.number);
  useEffect(() => {
    shown.current = at?.number;
  }, [at?.number]);
  return (
    <Step
      title="The script"
      lead={`${script.steps - script.open} of ${script.steps} steps are on record. ${script.deviations === 0 ? 'None has' : script.deviations === 1 ? 'One has' : `${script.deviations} have`} deviated.`}
      aside={
        <>
          <Card title={script.title}>
            <Facts
              facts={[
                ['Version', script.version],
                ['Read aloud', <Words key="words" words={script.words} of="Words of the script" />],
              ]}
            />
            {script.about === '' ? null : <p>{script.about}</p>}
          </Card>
          <PeopleCard script={script} closed={closed} />
          {closed ? null : <BreakCard rest={script.rest} />}
        </>
      }
    >
      {closed ? <p className="note">The transcript is closed: what stands here is what it says.</p> : null}
      <Sections
        script={script}
        at={at?.number ?? ''}
        onPick={closed ? null : setPicked}
        form={
          at === undefined ? null : (
            <StepForm
              key={at.number}
              ceremony={ceremony.id}
              step={at}
              people={script.roles.find(({ name }) => name === at.by)?.people ?? []}
              takesFocus={at.number !== shown.current}
              onRecorded={() => setPicked(null)}
              onBack={onBack}
            />
          )
        }
      />
      {at === undefined ? (
        <Foot>
          <Button kind="quiet" onPress={onBack}>
            Back to the ceremony
          </Button>
        </Foot>
      ) : null}
    </Step>
  );
}
