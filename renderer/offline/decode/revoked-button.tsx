import { type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { useCall } from '../call';

interface RevokedButtonProps {
  readonly token: TokenKind;
  readonly kind?: 'primary' | 'quiet';
}

/** The officer says that the operator has seen the token dead. */
export function RevokedButton({ token, kind = 'quiet' }: RevokedButtonProps) {
  const revoked = useCall('officer.revocation-reported');
  return (
    <>
      <Button kind={kind} busy={revoked.busy} onPress={() => void revoked.run({})}>
        It {tokenKindWords(token).isDead}
      </Button>
      <Problem text={revoked.problem} />
    </>
  );
}
