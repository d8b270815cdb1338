import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

/** The officer says that the operator has seen the token revoked. */
export function RevokedButton({ kind = 'quiet' }: { readonly kind?: 'primary' | 'quiet' }) {
  const revoked = useCall('officer.revocation-reported');
  return (
    <>
      <Button kind={kind} busy={revoked.busy} onPress={() => void revoked.run({})}>
        It is revoked
      </Button>
      <Problem text={revoked.problem} />
    </>
  );
}
