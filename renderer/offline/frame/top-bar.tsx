import type { AppState } from '../../../shared/ipc/offline/app-state';
import { roleName } from '../../parts/names';
import { OfflineProof } from './offline-proof';

/**
 * Always there: offline proof, the words of ceremony and attempt, whether it is a rehearsal, who and where.
 * Null: none of it is known yet.
 */
export function TopBar({ state }: { readonly state: AppState | null }) {
  if (state === null) {
    return (
      <header className="top">
        <div className="bar">
          <span className="mark">Airlock</span>
          <span className="pill pill-quiet">Checking the network</span>
        </div>
      </header>
    );
  }
  const { ceremony, identity } = state;
  return (
    <header className="top">
      <div className="bar">
        <span className="mark">Airlock</span>
        <OfflineProof offline={state.offline} />
        {ceremony === null ? null : (
          <>
            <span className={ceremony.attemptWords === null ? undefined : 'bar-wide'}>
              <span className="quiet">Ceremony</span> <b>{ceremony.words}</b>
            </span>
            <Attempt words={ceremony.attemptWords} />
          </>
        )}
        {ceremony?.rehearsal === true ? <span className="pill pill-rehearsal">Rehearsal</span> : null}
        {identity === null ? null : (
          <span className="bar-end">
            {[roleName[identity.role], stationName(state.stationLabel, identity)].filter(Boolean).join(' · ')}
          </span>
        )}
      </div>
      <div aria-live="assertive">
        {state.offline.ok ? null : (
          <p className="banner">
            <b>{state.offline.detail}</b>{' '}
            <span className="banner-more">
              Enter and show nothing secret. Pull the cable, switch the radio off, and wait for this line to
              go away.
            </span>
          </p>
        )}
      </div>
    </header>
  );
}

/**
 * A station without a name of its own is called after its person (main/store/identity.ts): the role is there
 * already.
 */
const stationName = (label: string, { role, name }: NonNullable<AppState['identity']>): string =>
  label === `${role} ${name}` ? name : label;

function Attempt({ words }: { readonly words: string | null }) {
  return (
    <span className={words === null ? 'bar-wide' : undefined}>
      <span className="quiet">Attempt</span> {words === null ? 'not started' : <b>{words}</b>}
    </span>
  );
}
