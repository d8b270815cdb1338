import { useState } from 'react';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Problem } from '../problem';
import { Sheet } from '../sheet';

/** The way back from a wrong name or role, for as long as nobody relies on the identity. */
export function StartOver() {
  const [asking, setAsking] = useState(false);
  const startOver = useCall('identity.start-over');
  return (
    <>
      <Button kind="quiet" small onPress={() => setAsking(true)}>
        Wrong name or role? Start over
      </Button>
      {asking ? (
        <Sheet title="Start over, with another identity?" onClose={() => setAsking(false)} urgent>
          <p>
            Your signing key and this station’s journal are deleted, and your passphrase opens nothing any
            more. Nobody is known here and no ceremony was begun, so nothing else is lost.
          </p>
          <p>
            Whoever has taken in your code already has to remove you from their list. They take in your new
            code as somebody else’s.
          </p>
          <div className="row">
            <Button kind="alarm" busy={startOver.busy} onPress={() => void startOver.run({})}>
              Delete it, and start over
            </Button>
            <Button kind="quiet" onPress={() => setAsking(false)}>
              Keep it
            </Button>
          </div>
          <Problem text={startOver.problem} />
        </Sheet>
      ) : null}
    </>
  );
}
