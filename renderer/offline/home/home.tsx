import type { AppState } from '../../../shared/ipc/offline/app-state';
import type { Role } from '../../../shared/message/body';
import { Button } from '../../parts/button';
import { TakeCode } from '../../parts/crossing/take-code';
import { OwnIdentity } from '../../parts/people/own-identity';
import { People } from '../../parts/people/people';
import { TakenLogs } from '../../parts/sign-off/taken-logs';
import { Step } from '../../parts/step';
import { Witnessed } from '../brought/witnessed';
import { OwnShares } from '../custody/own-shares';
import { Ceremonies } from './ceremonies';
import { NewCeremony } from './new-ceremony';

type Identity = NonNullable<AppState['identity']>;

interface Greeting {
  readonly title: string;
  readonly lead: string;
}

const witnessGreeting: Greeting = {
  title: 'Take a transcript to sign',
  lead: 'The station whose transcript it is shows a checkpoint. You compare its words, and sign.',
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
  witness: 'a checkpoint’s code, a station’s journal, or a person’s code',
  operator: 'the checkpoint’s code, or a person’s code',
  archivist: 'the checkpoint’s code, or a person’s code',
};

/** Where a person starts from: what can be begun, taken in or gone on with; who is known; who they are. */
export function Home({ state, identity }: { readonly state: AppState; readonly identity: Identity }) {
  const alone = state.people.length === 0;
  const { title, lead } = alone ? nobodyYet : greetings[identity.role];
  const officer = identity.role === 'officer';
  const takeCode = <TakeCode what={codeOf[identity.role]} aside={officer && !alone} />;
  return (
    <Step title={title} lead={lead} aside={<OwnIdentity identity={identity} />}>
      <ToOwnCode />
      {officer && !alone ? <NewCeremony /> : takeCode}
      {identity.role === 'custodian' ? <OwnShares custody={state.custody} /> : null}
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
