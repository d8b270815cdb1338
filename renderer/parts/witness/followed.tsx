import type { FollowedView } from '../../../shared/ipc/view/followed';
import { Button } from '../button';
import { timeOf } from '../names';

export type FollowedStation = FollowedView['stations'][number];

export interface FollowedProps {
  readonly followed: readonly FollowedView[];
  /** Looks at one station's journal. */
  readonly onLook: (ceremony: string, of: string) => void;
}

/** The stations that this person follows as a witness, by ceremony. */
export function Followed({ followed, onLook }: FollowedProps) {
  if (followed.length === 0) return null;
  return (
    <section className="section">
      <h2>Stations that you follow</h2>
      {followed.map(({ id, words, rehearsal, stations }) => (
        <div key={id}>
          <h3>
            {words} {rehearsal ? <span className="pill pill-rehearsal">Rehearsal</span> : null}
          </h3>
          <ul className="people">
            {stations.map((station) => (
              <li key={station.of}>
                <div>
                  <span className="people-name">{station.label}</span>
                  <div className="quiet">
                    {station.from} · {station.lines} lines, taken at {timeOf(station.seenAt)} ·{' '}
                    {signedUpTo(station)}
                  </div>
                </div>
                <Button
                  kind="quiet"
                  small
                  label={`Look at ${station.label}`}
                  onPress={() => onLook(id, station.of)}
                >
                  Look
                </Button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** How far this person's signature goes. */
export function signedUpTo({ signed, lines }: FollowedStation): string {
  if (signed === 0) return 'not signed yet';
  return signed === lines ? 'signed up to here' : `signed up to line ${signed}`;
}
