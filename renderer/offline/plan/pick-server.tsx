import { serverName } from '../../../shared/ceremony/shown-names';
import type { ServerView } from '../../../shared/ipc/view/ceremony';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { TakeCode } from '../../parts/crossing/take-code';
import { Foot } from '../../parts/foot';
import { More } from '../../parts/more';
import { Step } from '../../parts/step';
import { ServerByHand } from './server-by-hand';

export interface PickServerProps {
  /** The server picked before, if this is a change. */
  readonly known: ServerView | null;
  readonly onKeep: () => void;
}

/** Which server the token is for: as its online station says, signed, or as its operator reads it out. */
export function PickServer({ known, onKeep }: PickServerProps) {
  return (
    <Step
      title="Which server is it?"
      lead="The online station asks the server and shows what it says as a code. Take that code here."
      aside={
        <Card title="What the code says">
          <ul>
            <li>Where the server is, its version and its cluster.</li>
            <li>How many shares it needs, and how long a token is.</li>
            <li>Its clock: a key that is too new for it would waste a token.</li>
            <li>The station's one-time key, which shares will be sealed to.</li>
          </ul>
        </Card>
      }
    >
      <TakeCode what="the station’s code" />
      {known === null ? null : (
        <Foot>
          <Button kind="quiet" onPress={onKeep}>
            Keep {serverName(known)}
          </Button>
        </Foot>
      )}
      <More title="There is no Airlock station, only the vault or bao command line">
        <ServerByHand onDone={onKeep} />
      </More>
    </Step>
  );
}
