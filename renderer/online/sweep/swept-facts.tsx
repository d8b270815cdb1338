import type { SweepView } from '../../../shared/ipc/online/sweep';
import { Facts } from '../../parts/facts';

/** What a sweep looked at. */
export function SweptFacts({ sweep }: { readonly sweep: SweepView }) {
  const { asked, gone, unreadable, namespace, damaged, onRecord, roots } = sweep;
  return (
    <Facts
      facts={[
        ['Looked at', `${tokens(asked)}${gone === 0 ? '' : `; ${gone} had ended when it was their turn`}`],
        ['Root tokens', String(roots.length)],
        [
          'Of',
          namespace === ''
            ? 'the server itself. A namespace has tokens of its own, which are not among these'
            : `the namespace ${namespace}`,
        ],
        [
          'Unreadable',
          unreadable === 0 ? null : `${unreadable}, by the server’s own word: nothing is known of those`,
        ],
        [
          'Damaged here',
          damaged === 0
            ? null
            : `${damaged === 1 ? 'a journal' : `${damaged} journals`} of this station: no token is accounted for by it`,
        ],
        [
          'On record',
          onRecord === null ? 'in the journal of this station' : <span key="words">in {onRecord}</span>,
        ],
      ]}
    />
  );
}

const tokens = (count: number): string => (count === 1 ? '1 token' : `${count.toLocaleString('en')} tokens`);
