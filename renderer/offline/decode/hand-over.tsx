import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

export interface HandOverProps {
  readonly operator: string;
  /** What it calls itself. */
  readonly station: string;
}

/** Seals the token to the station whose result was taken: it is named by whose it is first. */
export function HandOver({ operator, station }: HandOverProps) {
  const handOver = useCall('officer.hand-over');
  return (
    <>
      <Button busy={handOver.busy} onPress={() => void handOver.run({})}>
        Hand it over to {operator} · {station}
      </Button>
      <Problem text={handOver.problem} />
    </>
  );
}
