import type { OperatorView } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { SaveMessage, ShowCode } from '../../parts/crossing/show-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { More } from '../../parts/more';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { useCall } from '../call';
import { Givers } from '../collect/givers';

export interface ResultProps {
  readonly ceremony: OperatorView;
  readonly onDone: () => void;
}

/** The last share is in: the officer's laptop takes this code. */
export function Result({ ceremony, onDone }: ResultProps) {
  const renew = useCall('result.renew');
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
        <Problem text={renew.problem} />
      </Foot>
      {ceremony.tokenKind === 'root' && ceremony.revoked === null ? (
        <More title="The officer can’t hand the token over: the key in this code had its time">
          <p>
            It lives twelve hours. Make the code anew, with a new key, and show it to the officer again. The
            old key is destroyed: what was sealed to it can’t be opened any more.
          </p>
          <Button kind="quiet" busy={renew.busy} onPress={() => void renew.run({})}>
            Make the code anew
          </Button>
        </More>
      ) : null}
    </Step>
  );
}
