import { useState } from 'react';
import type { AppState } from '../../../shared/ipc/offline/app-state';
import { Button } from '../../parts/button';
import { Foot } from '../../parts/foot';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { RemoveCeremony } from '../home/remove-ceremony';

export interface GiveUpProps {
  readonly state: Pick<AppState, 'ceremonies'>;
  /** Of the ceremony, in hex. */
  readonly id: string;
  readonly onBack: () => void;
}

/** Nothing was made yet: there is only a plan to give up. */
export function GiveUp({ state, id, onBack }: GiveUpProps) {
  const giveUp = useCall('officer.destroy');
  const [removing, setRemoving] = useState(false);
  const begun = state.ceremonies.find((ceremony) => ceremony.id === id && ceremony.removable);
  return (
    <Step
      title="Give this ceremony up?"
      lead="Nothing was made for it yet, so there is nothing to destroy. The plan and the transcript stay, and can be signed off."
    >
      {begun === undefined ? null : (
        <p>It was begun by mistake? Nothing of it has crossed, so it can be removed entirely.</p>
      )}
      <Foot>
        <Button kind="alarm" busy={giveUp.busy} onPress={() => void giveUp.run({})}>
          Give it up
        </Button>
        {begun === undefined ? null : (
          <Button kind="quiet" onPress={() => setRemoving(true)}>
            Remove it entirely
          </Button>
        )}
        <Button kind="quiet" onPress={onBack}>
          Back to where we were
        </Button>
        <Problem text={giveUp.problem} />
      </Foot>
      {begun !== undefined && removing ? (
        <RemoveCeremony id={id} name={begun.title || begun.words} onClose={() => setRemoving(false)} />
      ) : null}
    </Step>
  );
}
