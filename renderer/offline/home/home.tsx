import type { AppState } from '../../../shared/ipc/app-state';
import { Step } from '../../parts/step';
import { TakeCode } from '../take-code';
import { Ceremonies } from './ceremonies';
import { NewCeremony } from './new-ceremony';
import { OwnIdentity } from './own-identity';
import { People } from './people';

type Identity = NonNullable<AppState['identity']>;

const titles = {
  officer: 'Plan a ceremony, or go on with one',
  custodian: 'Take the code of an attempt',
  witness: 'Take a transcript to sign',
  operator: 'Take a transcript to sign',
} as const;

const leads = {
  officer:
    'Begin a ceremony when the people are known to this laptop. A rehearsal is the same, with nothing at stake.',
  custodian: 'The online station shows it. Nothing is released until you have checked it and said so.',
  witness: 'The station whose transcript it is shows a checkpoint. You compare its words, and sign.',
  operator: 'The station whose transcript it is shows a checkpoint. You compare its words, and sign.',
} as const;

/** Where a person starts from: what can be begun, taken in or gone on with; who is known; who they are. */
export function Home({ state, identity }: { readonly state: AppState; readonly identity: Identity }) {
  const { role } = identity;
  const officer = role === 'officer';
  return (
    <Step title={titles[role]} lead={leads[role]} aside={<OwnIdentity identity={identity} />}>
      {officer ? <NewCeremony /> : null}
      {officer ? null : (
        <TakeCode what={role === 'custodian' ? 'the attempt’s code' : 'the checkpoint’s code'} />
      )}
      <Ceremonies ceremonies={state.ceremonies} />
      <People people={state.people} />
      {officer ? (
        <TakeCode what="a person’s code">
          <h2>Add a person</h2>
        </TakeCode>
      ) : (
        <p className="quiet">To add a person, take their code in the same place as above.</p>
      )}
    </Step>
  );
}
