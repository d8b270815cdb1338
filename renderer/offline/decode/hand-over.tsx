import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

/** Seals the token to the station whose result was taken. */
export function HandOver({ station }: { readonly station: string }) {
  const handOver = useCall('officer.hand-over');
  return (
    <>
      <Button busy={handOver.busy} onPress={() => void handOver.run({})}>
        Hand it over to {station}
      </Button>
      <Problem text={handOver.problem} />
    </>
  );
}
