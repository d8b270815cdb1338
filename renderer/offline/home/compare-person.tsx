import type { AppState } from '../../../shared/ipc/app-state';
import { Button } from '../../parts/button';
import { Facts } from '../../parts/facts';
import { Problem } from '../../parts/problem';
import { Sheet } from '../../parts/sheet';
import { Words } from '../../parts/words';
import { useCall } from '../call';
import { roleName } from '../names';

/** Someone's identity was read: six words, compared by voice, decide whether it counts. */
export function ComparePerson({ person }: { readonly person: NonNullable<AppState['pendingPerson']> }) {
  const confirm = useCall('people.confirm');
  return (
    <Sheet title={`Is this ${person.name}?`} urgent>
      <p className="quiet">
        Ask {person.name} to read their six words aloud, in person or by phone. Not by message: whoever
        swapped the code could write that too.
      </p>
      {person.change === null ? null : (
        <p className="problem">Known here already, and something is different: {person.change}.</p>
      )}
      <Facts
        facts={[
          ['Name', person.name],
          ['Role', roleName[person.role]],
          ['Six words', <Words key="words" words={person.words} of={`Six words of ${person.name}`} />],
          ['Fingerprint', <code key="code">{person.fingerprint}</code>],
        ]}
      />
      <div className="row">
        <Button busy={confirm.busy} onPress={() => void confirm.run({ matches: true })}>
          The words match
        </Button>
        <Button kind="quiet" busy={confirm.busy} onPress={() => void confirm.run({ matches: false })}>
          They differ
        </Button>
      </div>
      <Problem text={confirm.problem} />
      <p className="quiet after">If they differ, the code is dropped and nobody is added.</p>
    </Sheet>
  );
}
