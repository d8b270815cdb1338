import type { OfficerViewAt } from '../../../shared/ipc/offline/officer';
import { Button } from '../../parts/button';
import { SaveMessage, ShowCode } from '../../parts/crossing/show-code';
import { TakeCode } from '../../parts/crossing/take-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { AliveFor } from './alive-for';
import { RevokedButton } from './revoked-button';
import { TasksCard } from './tasks-card';

type Decoded = OfficerViewAt<'decode' | 'destroy'>;

export interface HandedOverProps {
  readonly ceremony: Decoded;
  readonly handoff: NonNullable<NonNullable<Decoded['token']>['handoff']>;
  readonly onByHand: () => void;
}

/** The token is on its way to a station, sealed: what became of it comes back. */
export function HandedOver({ ceremony, handoff, onByHand }: HandedOverProps) {
  const { station, operator, outgoing } = handoff;
  return (
    <Step
      title={`Show this to ${operator} · ${station}`}
      lead="Nobody who sees this code can read the token. The station does the plan’s tasks with it, revokes it, and shows you what became of it."
      code={<ShowCode outgoing={outgoing} />}
      aside={
        <>
          <TasksCard ceremony={ceremony} />
          <SoFar events={ceremony.events} />
        </>
      }
    >
      <Facts
        facts={[
          ['Read aloud', <Words key="words" words={outgoing.words} of="Words of the handoff" />],
          ['Alive for', <AliveFor key="alive" since={ceremony.result.takenAt} />],
        ]}
      />
      <TakeCode what="the station’s outcome" />
      <Foot>
        <Button kind="quiet" onPress={onByHand}>
          Show the token by hand
        </Button>
        <RevokedButton token={ceremony.draft.tokenKind} />
        <SaveMessage outgoing={outgoing} />
      </Foot>
      <p className="quiet after">
        “It is revoked” is for a station that can’t show its outcome: it goes on record as said by word.
      </p>
    </Step>
  );
}
