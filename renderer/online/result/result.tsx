import type { OperatorView } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { SaveMessage, ShowCode } from '../../parts/crossing/show-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { Givers } from '../collect/givers';

export interface ResultProps {
  readonly ceremony: OperatorView;
  readonly onDone: () => void;
}

/** The last share is in: the officer's laptop takes this code. */
export function Result({ ceremony, onDone }: ResultProps) {
  const { result } = ceremony;
  if (result === null) return null;
  return (
    <Step
      title="Show the result to the officer"
      lead="The server has made the token, and hidden it for the officer. Nobody who sees this code can read it."
      code={<ShowCode outgoing={result} />}
      aside={<SoFar events={ceremony.events} />}
    >
      <Facts facts={[['Read aloud', <Words key="words" words={result.words} of="Words of the result" />]]} />
      <Givers givers={ceremony.givers} />
      <Foot>
        <Button onPress={onDone}>The officer has it</Button>
        <SaveMessage outgoing={result} />
      </Foot>
    </Step>
  );
}
