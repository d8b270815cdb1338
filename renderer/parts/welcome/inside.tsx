import type { ReactNode } from 'react';
import type { CommonState } from '../../../shared/ipc/common-state';
import { Rail } from '../frame/rail';
import { RailFoot } from '../frame/rail-foot';
import { showingSteps, witnessSteps } from '../names';
import { ComparePerson } from '../people/compare-person';
import { ShowJournal } from '../witness/show-journal';
import { Sign } from '../witness/sign';

interface InsideProps {
  readonly state: CommonState;
  /** The app's own screens. */
  readonly children: ReactNode;
}

/**
 * What comes before an app's own screens once somebody is at work: a transcript that somebody asks to have
 * signed, the own journal that is shown to a witness. A person who is to be compared stands over all of them.
 */
export function Inside({ state, children }: InsideProps) {
  const { toSign, pendingPerson } = state;
  const live = state.ceremony?.live ?? null;
  return (
    <>
      {toSign === null && live === null ? children : null}
      {toSign === null && live !== null ? (
        <>
          <Rail title="Show your journal" steps={showingSteps} at="show">
            <RailFoot state={state} steps={showingSteps} />
          </Rail>
          <ShowJournal live={live} />
        </>
      ) : null}
      {toSign === null ? null : (
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
