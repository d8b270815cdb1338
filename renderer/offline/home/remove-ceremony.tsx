import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { Sheet } from '../../parts/sheet';
import { useCall } from '../call';

export interface RemoveCeremonyProps {
  readonly id: string;
  /** What it is called: its title, or its words. */
  readonly name: string;
  readonly onClose: () => void;
}

/** The question before a ceremony is removed that was only begun. */
export function RemoveCeremony({ id, name, onClose }: RemoveCeremonyProps) {
  const remove = useCall('ceremony.remove');
  const submit = async () => {
    if ((await remove.run({ id })).ok) onClose();
  };
  return (
    <Sheet title={`Remove “${name}”?`} onClose={onClose} urgent>
      <p>
        Its plan is deleted, as far as it was filled in, and its journal, which says only that it was begun.
        This can’t be undone.
      </p>
      <p>
        Nothing of it has left this laptop, and no code was taken in for it. This laptop’s own journal notes
        that it was removed.
      </p>
      <div className="row">
        <Button kind="alarm" busy={remove.busy} onPress={() => void submit()}>
          Remove it
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Keep it
        </Button>
      </div>
      <Problem text={remove.problem} />
    </Sheet>
  );
}
