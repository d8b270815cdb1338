import { Button } from '../../parts/button';
import { More } from '../../parts/more';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

/** For a custodian whose sealed share never got to a station: else the transcript misses it there. */
export function NotCarried() {
  const withdraw = useCall('custodian.release.withdraw');
  return (
    <More title="Nobody carried it to the station">
      <p>
        Only where the station never took your sealed share in: enough others had released, say, or the
        attempt was cancelled. The transcript then says that your share was not needed, its code is gone from
        this screen, and you sign off. If anyone may have carried it, leave this.
      </p>
      <Button kind="quiet" busy={withdraw.busy} onPress={() => void withdraw.run({})}>
        Nobody carried it: it was not needed
      </Button>
      <Problem text={withdraw.problem} />
    </More>
  );
}
