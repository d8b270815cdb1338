import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

/** The officer says that the operator has seen the token revoked. */
export function RevokedButton() {
  const revoked = useCall('officer.revocation-reported');
  return (
    <>
      <Button kind="quiet" busy={revoked.busy} onPress={() => void revoked.run({})}>
        It is revoked
      </Button>
      <Problem text={revoked.problem} />
    </>
  );
}
