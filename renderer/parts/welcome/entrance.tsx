import type { ReactNode } from 'react';
import type { CommonState } from '../../../shared/ipc/common-state';
import type { EntranceView } from '../../../shared/ipc/entrance';
import { FirstStart, type RoleChoice } from './first-start';
import { Unlock } from './unlock';
import { WelcomeRail } from './welcome-rail';

export type Identity = NonNullable<CommonState['identity']>;

interface EntranceProps {
  /** Null for the first moment of a window: then `view` says whose station it is. */
  readonly state: CommonState | null;
  readonly view: EntranceView | null;
  /** Who may work at this app, to choose from at its first start. */
  readonly roles: readonly RoleChoice[];
  /** The app's own screens, for whoever is at work. */
  readonly children: (identity: Identity) => ReactNode;
}

/** What comes before an app's own screens: the first start, and the lock. */
export function Entrance({ state, view, roles, children }: EntranceProps) {
  const identity = state === null ? null : state.identity;
  const name = state === null ? (view?.name ?? null) : (identity?.name ?? null);
  if (name === null) {
    return (
      <>
        <WelcomeRail at="who" />
        <FirstStart roles={roles} electron={state?.electron ?? null} />
      </>
    );
  }
  if (identity?.unlocked !== true) {
    return (
      <>
        <WelcomeRail at="unlock" />
        <Unlock name={name} lockedAfter={state?.lockedAfter ?? null} electron={state?.electron ?? null} />
      </>
    );
  }
  return children(identity);
}
