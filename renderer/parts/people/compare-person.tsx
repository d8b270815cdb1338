import type { CommonState } from '../../../shared/ipc/common-state';
import { useCall } from '../bridge/call';
import { useCommonState } from '../bridge/mirrored-state';
import { Button } from '../button';
import { Facts } from '../facts';
import { roleName } from '../names';
import { Problem } from '../problem';
import { Sheet } from '../sheet';
import { Words } from '../words';
import { setMet } from './met';

/** Someone's identity was read: six words, compared by voice, decide whether it counts. */
export function ComparePerson({ person }: { readonly person: NonNullable<CommonState['pendingPerson']> }) {
  const confirm = useCall('people.confirm');
  const ceremony = useCommonState((store) => store.state?.ceremony?.id ?? null);
  // The sheet goes with the answer, so what became of it is said where the code was taken in.
  const decide = async (matches: boolean) => {
    const answer = await confirm.run({ matches });
    const text = !answer.ok
      ? answer.error.message
      : matches
        ? `${person.name} is known here from now on.`
        : `The words differ, so the code of ${person.name} was dropped, and nobody was added. The journal says so.`;
    setMet({ text, ok: answer.ok && matches, ceremony });
  };
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
        <Button busy={confirm.busy} onPress={() => void decide(true)}>
          The words match
        </Button>
        <Button kind="quiet" busy={confirm.busy} onPress={() => void decide(false)}>
          They differ
        </Button>
      </div>
      <Problem text={confirm.problem} />
      <p className="quiet after">If they differ, the code is dropped and nobody is added.</p>
    </Sheet>
  );
}
