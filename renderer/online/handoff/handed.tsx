import type { OperatorView } from '../../../shared/ipc/online/app-state';
import type { HandedView } from '../../../shared/ipc/online/handed';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { questionOf } from './question';
import { Tasks } from './tasks';

export interface HandedProps {
  readonly ceremony: OperatorView;
  readonly handed: HandedView;
}

/** A token that was handed over: its tasks, and what a person has to decide. */
export function Handed({ ceremony, handed }: HandedProps) {
  const goOn = useCall('handoff.go-on');
  const look = useCall('handoff.look');
  const { title, lead, answers } = questionOf(handed);
  return (
    <Step
      title={title}
      lead={lead}
      aside={
        <>
          <Card title="What is kept">
            <ul>
              <li>The token: sealed on this disk, and in memory while a task is done. No person sees it.</li>
              <li>Each request, before it is sent, and what came of it: in the transcript.</li>
              <li>What a task makes for a person: sealed to them. It can’t be opened here.</li>
            </ul>
          </Card>
          <SoFar events={ceremony.events} />
        </>
      }
    >
      <Facts
        facts={[
          ['Accessor', handed.accessor === null ? null : <code key="accessor">{handed.accessor}</code>],
        ]}
      />
      {handed.differs === '' ? null : <p className="problem">{handed.differs} Tell the officer.</p>}
      <Tasks handed={handed} />
      <Foot>
        {handed.next.kind === 'open' || handed.next.kind === 'outcome' ? (
          <Button busy={look.busy} onPress={() => void look.run({})}>
            {handed.next.kind === 'open' ? 'Ask the server about it' : 'Make the code that says so'}
          </Button>
        ) : null}
        {answers.map(({ choice, text, kind }) => (
          <Button key={choice} kind={kind} busy={goOn.busy} onPress={() => void goOn.run({ choice })}>
            {goOn.busy && kind === 'primary' ? 'Asking the server…' : text}
          </Button>
        ))}
        <Problem text={goOn.problem ?? look.problem} />
      </Foot>
    </Step>
  );
}
