import { whoCanMove } from '../../../shared/ceremony/step-in';
import type { SentView } from '../../../shared/ipc/offline/officer';
import { Button } from '../../parts/button';
import { More } from '../../parts/more';

export interface CantGiveProps {
  readonly ceremony: SentView;
  /** Null where it is too late for a reserve to step in. */
  readonly onAmend: (() => void) | null;
}

/** A custodian is ill or away: a reserve can give instead, in the same attempt. */
export function CantGive({ ceremony, onAmend }: CantGiveProps) {
  const { roster, server, amendment } = ceremony;
  const steps = amendment?.steps ?? [];
  const { reserves } = whoCanMove({ roster, steps, threshold: server.threshold });
  const isByPlan = roster.some(({ givesTo }) => givesTo !== undefined);
  if (onAmend === null || !isByPlan) return null;
  return (
    <More title="A custodian can’t give" open={amendment !== null}>
      {reserves.length === 0 ? (
        <p>
          {amendment === null ? 'The plan has no reserve' : 'Every reserve has stepped in'}. If too few are
          left to give, the plan has to be another.
        </p>
      ) : (
        <p>A reserve can give instead. You sign it, the stations take it, and the attempt stays open.</p>
      )}
      <div className="row">
        {reserves.length === 0 && amendment === null ? null : (
          <Button kind="quiet" onPress={onAmend}>
            {amendment === null ? 'Let a reserve step in' : 'Show the amendment'}
          </Button>
        )}
      </div>
    </More>
  );
}
