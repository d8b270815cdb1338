import { useState } from 'react';
import type { AppState } from '../../../shared/ipc/offline/app-state';
import type { Role } from '../../../shared/message/body';
import { Button } from '../../parts/button';
import { TakeCode } from '../../parts/crossing/take-code';
import { Rail } from '../../parts/frame/rail';
import { RailFoot } from '../../parts/frame/rail-foot';
import { OwnIdentity } from '../../parts/people/own-identity';
import { People } from '../../parts/people/people';
import { TakenLogs } from '../../parts/sign-off/taken-logs';
import { Step } from '../../parts/step';
import { Followed, type FollowedProps } from '../../parts/witness/followed';
import { FollowedStation } from '../../parts/witness/followed-station';
import { followingSteps, standingAt } from '../../parts/witness/standing';
import { Witnessed } from '../brought/witnessed';
import { OwnShares } from '../custody/own-shares';
import { Ceremonies } from './ceremonies';
import { HomeRail } from './home-rail';
import { NewCeremony } from './new-ceremony';

type Identity = NonNullable<AppState['identity']>;

interface HomeProps {
  readonly state: AppState;
  readonly identity: Identity;
}

interface Greeting {
  readonly title: string;
  readonly lead: string;
}

const witnessGreeting: Greeting = {
  title: 'Follow a ceremony, and sign',
  lead: 'At any time a station shows you its journal: you read what is new, note what isn’t as it should be, and sign. At the end it shows a checkpoint.',
};

const greetings: Record<Role, Greeting> = {
  officer: {
    title: 'Begin a ceremony, or go on',
    lead: 'A rehearsal is the same as a ceremony, with nothing at stake. Every page of it says so.',
  },
  custodian: {
    title: 'Take the attempt',
    lead: 'The online station shows its code. Nothing is released until you have checked it and said so.',
  },
  witness: witnessGreeting,
  operator: witnessGreeting,
  archivist: witnessGreeting,
};

const nobodyYet: Greeting = {
  title: 'Meet the others first',
  lead: 'Take in their codes and let them take yours. Then compare six words with each, by voice. Once is enough.',
};

/** What may come in at home, in words. */
const codeOf: Record<Role, string> = {
  officer: 'a person’s code',
  custodian: 'the attempt’s code, or a person’s code',
  witness: 'a station’s journal, a checkpoint’s code, or a person’s code',
  operator: 'the checkpoint’s code, or a person’s code',
  archivist: 'the checkpoint’s code, or a person’s code',
};

/** Where a person starts from, or the journal of a station that they follow. */
export function Home(props: HomeProps) {
  const [open, setOpen] = useState<{ readonly ceremony: string; readonly of: string } | null>(null);
  const ceremony = props.state.followed.find(({ id }) => id === open?.ceremony);
  const station = ceremony?.stations.find(({ of }) => of === open?.of);
  if (ceremony !== undefined && station !== undefined)
    return (
      <>
        <Rail title={`Follow ${station.label}`} steps={followingSteps} at={standingAt(station)}>
          <RailFoot state={props.state} steps={followingSteps} onHome={() => setOpen(null)} />
        </Rail>
        <FollowedStation ceremony={ceremony} station={station} onBack={() => setOpen(null)} />
      </>
    );
  return (
    <>
      <HomeRail state={props.state} role={props.identity.role} />
      <Start {...props} onLook={(id, of) => setOpen({ ceremony: id, of })} />
    </>
  );
}

/** Where a person starts from: what can be begun, taken in or gone on with; who is known; who they are. */
function Start({ state, identity, onLook }: HomeProps & Pick<FollowedProps, 'onLook'>) {
  const alone = state.people.length === 0;
  const { title, lead } = alone ? nobodyYet : greetings[identity.role];
  const officer = identity.role === 'officer';
  const takeCode = <TakeCode what={codeOf[identity.role]} aside={officer && !alone} />;
  return (
    <Step title={title} lead={lead} aside={<OwnIdentity identity={identity} />}>
      <ToOwnCode />
      {officer && !alone ? <NewCeremony /> : takeCode}
      {identity.role === 'custodian' ? <OwnShares custody={state.custody} /> : null}
      <Followed followed={state.followed} onLook={onLook} />
      <Witnessed brought={state.brought} />
      <Ceremonies ceremonies={state.ceremonies} />
      <TakenLogs logs={state.logs} />
      <People people={state.people} />
      {officer ? alone ? <NewCeremony aside /> : takeCode : null}
    </Step>
  );
}

/** In a narrow window one's own code is below everything else. */
function ToOwnCode() {
  return (
    <div className="row row-tight narrow-only">
      <Button kind="quiet" small onPress={() => document.querySelector('.aside')?.scrollIntoView()}>
        Your own code, further down
      </Button>
    </div>
  );
}
