import { inNamespace } from '../../../shared/ceremony/namespace';
import type { OnlineState } from '../../../shared/ipc/online/app-state';

/**
 * Always there: the server and how the attempt stands on it, the words, whether it is a rehearsal, who. Null:
 * none of it is known yet.
 */
export function TopBar({ state }: { readonly state: OnlineState | null }) {
  if (state === null) {
    return (
      <header className="top">
        <div className="bar">
          <span className="mark">Airlock online</span>
        </div>
      </header>
    );
  }
  const { identity, proposal } = state;
  // A plan that came in is what is on the screen, whatever was open before.
  const ceremony = proposal === null ? state.ceremony : null;
  const words = (ceremony ?? proposal)?.words ?? null;
  return (
    <header className="top">
      <div className="bar">
        <span className="mark">Airlock online</span>
        <ServerPill state={state} />
        {words === null ? null : (
          <span className={ceremony?.attemptWords ? 'bar-wide' : undefined}>
            <span className="quiet">Ceremony</span> <b>{words}</b>
          </span>
        )}
        {ceremony?.attemptWords ? (
          <span>
            <span className="quiet">Attempt</span> <b>{ceremony.attemptWords}</b>
          </span>
        ) : null}
        {isRehearsal(state) ? <span className="pill pill-rehearsal">Rehearsal</span> : null}
        {identity === null ? null : (
          <span className="bar-end">
            {[identity.name, state.stationLabel].filter(isNews(identity.name)).join(' · ')}
          </span>
        )}
      </div>
      <div aria-live="assertive">
        {state.ceremony?.alarm ? <p className="banner">{state.ceremony.alarm.headline}</p> : null}
      </div>
    </header>
  );
}

/** By the plan or the ceremony on the screen; before there is one, by the server. */
const isRehearsal = ({ ceremony, proposal, rehearsal }: OnlineState): boolean =>
  (proposal ?? ceremony)?.rehearsal ?? rehearsal !== null;

/** A station without a name of its own is called after its person, who is named already. */
const isNews =
  (name: string) =>
  (text: string): boolean =>
    text !== '' && text !== `operator ${name}`;

function ServerPill({ state: { server, ceremony } }: { readonly state: OnlineState }) {
  const { facts, problem } = server;
  if (facts === null) return <span className="pill pill-quiet">No server yet</span>;
  const name = (facts.clusterName || facts.address.replace(/^https?:\/\//, '')) + inNamespace(facts);
  const progress = ceremony?.step === 'open' ? ` · ${ceremony.progress} of ${ceremony.required} shares` : '';
  const how = problem !== null ? 'does not answer' : facts.standby ? 'standby' : 'active';
  return (
    <span className={problem !== null || ceremony?.alarm ? 'pill pill-alarm' : 'pill'} title={facts.address}>
      <span className="pill-dot" aria-hidden="true" />
      <span>
        <span className="pill-more">{name} · </span>
        {how}
        {progress}
      </span>
    </span>
  );
}
