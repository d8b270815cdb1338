import type { ReactNode } from 'react';
import type { CommonState } from '../../../shared/ipc/common-state';
import { Rail } from '../frame/rail';
import { RailFoot } from '../frame/rail-foot';
import { witnessSteps } from '../names';
import { ComparePerson } from '../people/compare-person';
import { Sign } from '../witness/sign';
import { FirstStart, type RoleChoice } from './first-start';
import { Unlock } from './unlock';
import { WelcomeRail } from './welcome-rail';

type Identity = NonNullable<CommonState['identity']>;

export interface EntranceProps {
  readonly state: CommonState;
  /** Who may work at this app, to choose from at its first start. */
  readonly roles: readonly RoleChoice[];
  /** The app's own screens, for whoever is at work. */
  readonly children: (identity: Identity) => ReactNode;
}

/**
 * What comes before an app's own screens: the first start, the lock, and a transcript that somebody asks to
 * have signed. A person who is to be compared stands over all of them.
 */
export function Entrance({ state, roles, children }: EntranceProps) {
  const { identity, toSign, pendingPerson } = state;
  if (identity === null) {
    return (
      <>
        <WelcomeRail at="who" />
        <FirstStart roles={roles} />
      </>
    );
  }
  if (!identity.unlocked) {
    return (
      <>
        <WelcomeRail at="unlock" />
        <Unlock name={identity.name} lockedAfter={state.lockedAfter} />
      </>
    );
  }
  return (
    <>
      {toSign === null ? (
        children(identity)
      ) : (
        <>
          <Rail
            title="Sign a transcript"
            steps={witnessSteps}
            at={toSign.outgoing === null ? 'sign' : 'show'}
          >
            <RailFoot state={state} steps={witnessSteps} />
          </Rail>
          <Sign checkpoint={toSign} />
        </>
      )}
      {pendingPerson === null ? null : <ComparePerson person={pendingPerson} />}
    </>
  );
}
