import type { AppState } from '../../../shared/ipc/offline/app-state';
import { Card } from '../../parts/card';
import { Brought } from './brought';

/** What tasks made for somebody who keeps no folder of the ceremony: the latest, and the others below. */
export function Witnessed({ brought }: Pick<AppState, 'brought'>) {
  return brought.map(({ digest, words, operator, proof }) => (
    <div key={digest}>
      <Card title={`Revoked, as ${operator}’s station says: ceremony ${words}`}>
        <p>
          {proof}. A task made something for you, and only you can open it. Take it down before this laptop is
          put away.
        </p>
      </Card>
      <Brought digest={digest} />
    </div>
  ));
}
