import type { GiverView } from '../../../shared/ipc/online/app-state';
import { timeOf } from '../../parts/names';

/** Every custodian of the plan: where they give, and what became of their share here. */
export function Givers({ givers }: { readonly givers: readonly GiverView[] }) {
  return (
    <table className="table givers">
      <thead>
        <tr>
          <th scope="col">Custodian</th>
          <th scope="col">Gives to</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {givers.map((giver) => (
          <tr key={giver.name}>
            <th scope="row">
              {giver.name}
              {giver.shares > 1 ? <span className="quiet"> · {giver.shares} shares</span> : null}
            </th>
            <td>{placeOf(giver)}</td>
            <td>
              <span className={`pill ${looks[giver.fate]}`}>{fateOf(giver)}</span>
              {giver.why === '' ? null : <div className="bad">{giver.why}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const placeOf = ({ here, givesTo }: GiverView): string =>
  here ? 'this station' : givesTo === null ? 'nowhere: a reserve' : `the station of ${givesTo}`;

const looks: Record<GiverView['fate'], string> = {
  accepted: '',
  awaited: 'pill-quiet',
  elsewhere: 'pill-quiet',
  reserve: 'pill-quiet',
  refused: 'pill-alarm',
  unknown: 'pill-alarm',
};

function fateOf({ fate, at, accepted, shares }: GiverView): string {
  switch (fate) {
    case 'accepted':
      return `accepted ${timeOf(at)}`;
    case 'refused':
      return `refused ${timeOf(at)}`;
    case 'unknown':
      return `not known since ${timeOf(at)}`;
    case 'awaited':
      return accepted === 0 ? 'awaited' : `awaited: ${accepted} of ${shares} accepted`;
    case 'elsewhere':
      return 'not seen by this station';
    case 'reserve':
      return 'not asked';
  }
}
