import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { Sheet } from '../../parts/sheet';
import { useAppStore } from '../app-store';
import { useCall } from '../call';
import { openCustody } from '../custody/open';

/**
 * Before secrets are touched: as long as the laptop has a network, the person is asked to take it away. It
 * goes by itself once there is none. What was typed below stays.
 */
export function NetworkUp() {
  const offline = useAppStore(({ state }) => state?.offline);
  const goOn = useCall('offline.go-on');
  const leave = useCall('ceremony.leave');
  const onLeave = () => {
    openCustody(false);
    void leave.run({});
  };
  if (offline === undefined || offline.ok || offline.goesOn) return null;
  return (
    <Sheet title="Take this laptop off the network first" urgent>
      <p>
        <b>{offline.detail}</b> Secrets are about to be handled here. Pull the cable, or switch the radio off:
        this goes away by itself within seconds, and nothing that you typed is lost.
      </p>
      <p className="quiet">
        If that can’t be done, you can go on. It goes into the transcript as an exception, with the names of
        the interfaces, and can’t be taken out again.
      </p>
      <div className="row">
        <Button kind="quiet" onPress={onLeave}>
          Back home
        </Button>
        <Button kind="alarm" busy={goOn.busy} onPress={() => void goOn.run({})}>
          Go on with the network, on the record
        </Button>
      </div>
      <Problem text={goOn.problem ?? leave.problem} />
    </Sheet>
  );
}
