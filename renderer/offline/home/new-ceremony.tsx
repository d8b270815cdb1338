import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

export function NewCeremony() {
  const begin = useCall('officer.new');
  return (
    <>
      <div className="row">
        <Button busy={begin.busy} onPress={() => void begin.run({ rehearsal: false })}>
          New ceremony
        </Button>
        <Button kind="quiet" busy={begin.busy} onPress={() => void begin.run({ rehearsal: true })}>
          New rehearsal
        </Button>
      </div>
      <Problem text={begin.problem} />
    </>
  );
}
