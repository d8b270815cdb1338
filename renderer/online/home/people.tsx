import type { OnlineState } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { TakeCode } from '../../parts/crossing/take-code';
import { Foot } from '../../parts/foot';
import { OwnIdentity } from '../../parts/people/own-identity';
import { People } from '../../parts/people/people';
import { Step } from '../../parts/step';

export interface MeetProps {
  readonly state: OnlineState;
  readonly identity: NonNullable<OnlineState['identity']>;
  readonly onDone: () => void;
}

/** Identities go both ways, once: whoever isn't known here is refused. */
export function Meet({ state, identity, onDone }: MeetProps) {
  const alone = state.people.length === 0;
  return (
    <Step
      title={alone ? 'Meet the others first' : 'Who is known here'}
      lead="Take in their codes and let them take yours. Then compare six words with each, by voice. Once is enough."
      aside={<OwnIdentity identity={identity} />}
    >
      <TakeCode what="a person’s code" several aside={!alone} />
      <People people={state.people} />
      <Foot>
        <Button kind={alone ? 'quiet' : 'primary'} onPress={onDone}>
          {alone ? 'Later: go to the server' : 'Go on'}
        </Button>
        <p>{alone ? 'The officer, every custodian and the other operators are to be known here.' : ''}</p>
      </Foot>
    </Step>
  );
}
