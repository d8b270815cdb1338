import { Button } from '../../parts/button';
import { Foot } from '../../parts/foot';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';

/** Nothing was made yet: there is only a plan to give up. */
export function GiveUp({ onBack }: { readonly onBack: () => void }) {
  const giveUp = useCall('officer.destroy');
  return (
    <Step
      title="Give this ceremony up?"
      lead="Nothing was made for it yet, so there is nothing to destroy. The plan and the transcript stay, and can be signed off."
    >
      <Foot>
        <Button kind="alarm" busy={giveUp.busy} onPress={() => void giveUp.run({})}>
          Give it up
        </Button>
        <Button kind="quiet" onPress={onBack}>
          Back to where we were
        </Button>
        <Problem text={giveUp.problem} />
      </Foot>
    </Step>
  );
}
