import type { AppState } from '../../../shared/ipc/offline/app-state';
import { Button } from '../../parts/button';
import { dayOf } from '../../parts/names';
import { openCustody } from './open';

/**
 * At a custodian's home: which shares this laptop would know again, and the way to enter one outside a
 * ceremony.
 */
export function OwnShares({ custody }: { readonly custody: AppState['custody'] }) {
  return (
    <section className="section">
      <h2>Your share</h2>
      {custody.records.length === 0 ? (
        <p className="quiet">
          Enter it once before the first ceremony: from then on a typing error shows at once. You can also
          print a card of it.
        </p>
      ) : (
        <KnownShares records={custody.records} />
      )}
      <Button kind="quiet" onPress={() => openCustody(true)}>
        {custody.records.length === 0 ? 'Enter my share' : 'Check or print my share'}
      </Button>
    </section>
  );
}

/** Servers whose share would be known again here. */
export function KnownShares({ records }: { readonly records: AppState['custody']['records'] }) {
  return (
    <ul className="people">
      {records.map(({ cluster, firstEntered }) => (
        <li key={cluster}>
          <div>
            <span className="people-name">{cluster}</span>
            <div className="quiet">first entered here on {dayOf(firstEntered)}</div>
          </div>
        </li>
      ))}
    </ul>
  );
}
