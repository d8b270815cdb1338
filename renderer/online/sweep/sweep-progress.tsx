import { useId } from 'react';
import type { SweepView } from '../../../shared/ipc/online/sweep';

/** How far a sweep is. No live region: it changes several times a second. */
export function SweepProgress({ sweep }: { readonly sweep: SweepView }) {
  const { asked, listed, listedAll, found } = sweep;
  const name = useId();
  return (
    <div className="sweep-progress">
      <p id={name}>
        <b className="clock">{asked.toLocaleString('en')}</b> of{' '}
        <b className="clock">{listed.toLocaleString('en')}</b>
        {listedAll ? '' : ' or more'} tokens looked at;{' '}
        {found === 1 ? '1 root token' : `${found} root tokens`} among them
      </p>
      {/* As long as the server has not named all, nobody knows which part that is. */}
      {listedAll && listed > 0 ? (
        <progress aria-labelledby={name} value={asked} max={listed} />
      ) : (
        <progress aria-labelledby={name} />
      )}
    </div>
  );
}
