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
}

/** The token is dead, and its code says so: to the officer, and to everyone who signs. */
export function Outcome({ ceremony, handed, onDone }: OutcomeProps) {
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
      <Foot>
        <Button onPress={onDone}>Everyone has it</Button>
        <SaveMessage outgoing={outcome} />
      </Foot>
    </Step>
  );
}
