import { Handed } from './handed';
import { Outcome, type OutcomeProps } from './outcome';

/** A token that was handed over, until it is dead; then what became of it. */
export function Token({ ceremony, handed, onDone, onSweep }: OutcomeProps) {
  return handed.outcome === null ? (
    <Handed ceremony={ceremony} handed={handed} />
  ) : (
    <Outcome ceremony={ceremony} handed={handed} onDone={onDone} onSweep={onSweep} />
  );
}
