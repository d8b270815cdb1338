import type { StrayTokenView } from '../../../shared/ipc/online/sweep';
import { Tick } from '../../parts/choice';
import { Facts } from '../../parts/facts';
import { timeOf } from './root-tokens';

export interface StrayTokensProps {
  readonly strays: readonly StrayTokenView[];
  /** Accessors of those that are to be revoked. */
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (accessor: string, on: boolean) => void;
}

/** Limited tokens that a plan's task may have made, and whose answer was lost. */
export function StrayTokens({ strays, chosen, onChoose }: StrayTokensProps) {
  return strays.map(({ accessor, createdAt, displayName, ttl, words, task, fate, proof }) => (
    <section className="card" key={accessor} aria-label={`Limited token with accessor ${accessor}`}>
      <Facts
        facts={[
          ['Limited token', <code key="accessor">{accessor}</code>],
          ['Named', <code key="name">{displayName}</code>],
          ['Created', createdAt === null ? 'the server doesn’t say' : timeOf(createdAt)],
          ['Ends', ttl === 0 ? 'never by itself' : `in ${Math.ceil(ttl / 60)} minutes`],
          ['May be', `what task ${task} of “${words}” made: its answer was lost, so nobody holds it`],
          [
            'Revoked',
            fate === 'alive' ? null : fate === 'gone' ? (
              'It is gone already.'
            ) : (
              <span key="proof">{proof}</span>
            ),
          ],
        ]}
      />
      {fate === 'alive' ? (
        <Tick
          name={`Revoke ${accessor}`}
          hint="Another one of that name and those minutes would look the same: ask before you revoke it."
          on={chosen.has(accessor)}
          onChange={(on) => onChoose(accessor, on)}
        />
      ) : null}
    </section>
  ));
}
