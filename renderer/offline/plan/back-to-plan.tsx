import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

/** While there is no result, the plan can be changed; what was made for it so far is destroyed. */
export function BackToPlan() {
  const reopen = useCall('officer.reopen-plan');
  return (
    <>
      <Button kind="quiet" busy={reopen.busy} onPress={() => void reopen.run({})}>
        Back to the plan
      </Button>
      <Problem text={reopen.problem} />
    </>
  );
}
