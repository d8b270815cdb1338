import type { OperatorView } from '../../../shared/ipc/online/app-state';
import type { HandedView } from '../../../shared/ipc/online/handed';
import { Button } from '../../parts/button';
import { SaveMessage, ShowCode } from '../../parts/crossing/show-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { Tasks } from './tasks';

export interface OutcomeProps {
  readonly ceremony: OperatorView;
  readonly handed: HandedView;
  readonly onDone: () => void;
  readonly onSweep: () => void;
}

/** The token is dead, and its code says so: to the officer, and to everyone who signs. */
export function Outcome({ ceremony, handed, onDone, onSweep }: OutcomeProps) {
  const { outcome, proof } = handed;
  if (outcome === null) return null;
  return (
    <Step
      title="Show the outcome to the officer"
      lead="The token is revoked, and the server refuses it. Custodians and witnesses take this code before they sign off."
      code={<ShowCode outgoing={outcome} />}
      aside={<SoFar events={ceremony.events} />}
    >
      <Facts
        facts={[
          ['Read aloud', <Words key="words" words={outcome.words} of="Words of the outcome" />],
          ['Proof', proof],
        ]}
      />
      <Tasks handed={handed} />
      {handed.mayHaveStrays ? (
        <p className="problem">
          A limited token may live that nobody holds: the answer to its making was lost. Sweep the server: it
          is listed there, to be revoked.
        </p>
      ) : null}
      <Foot>
        {handed.mayHaveStrays ? (
          <Button kind="quiet" onPress={onSweep}>
            Sweep the server
          </Button>
        ) : null}
        <Button onPress={onDone}>Everyone has it</Button>
        <SaveMessage outgoing={outcome} />
      </Foot>
    </Step>
  );
}
