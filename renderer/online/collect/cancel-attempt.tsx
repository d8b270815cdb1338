import type { OperatorView } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { Sheet } from '../../parts/sheet';
import { useCall } from '../call';

export interface CancelAttemptProps {
  readonly ceremony: OperatorView;
  readonly onClose: () => void;
}

/** Asks once more: what was given so far is thrown away by the server. */
export function CancelAttempt({ ceremony, onClose }: CancelAttemptProps) {
  const cancel = useCall('attempt.cancel');
  const submit = async () => {
    const answer = await cancel.run({});
    if (answer.ok) onClose();
  };
  return (
    <Sheet title={`Cancel the attempt ${ceremony.attemptWords ?? ''}?`} onClose={onClose} urgent>
      <p>
        The server throws away the {ceremony.progress} of {ceremony.required} shares that it has. No token is
        made. For another attempt the officer makes a new start, and everyone releases again.
      </p>
      <div className="row">
        <Button kind="alarm" busy={cancel.busy} onPress={() => void submit()}>
          Cancel the attempt
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Keep it
        </Button>
      </div>
      <Problem text={cancel.problem} />
    </Sheet>
  );
}
