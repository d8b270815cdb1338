import { useState } from 'react';
import type { KeptScriptView } from '../../../../shared/ipc/offline/script';
import { useSave } from '../../../parts/bridge/save';
import { Button } from '../../../parts/button';
import { Choice } from '../../../parts/choice';
import { FileButton } from '../../../parts/file-button';
import { Foot } from '../../../parts/foot';
import { Done, Problem } from '../../../parts/problem';
import { Step } from '../../../parts/step';
import { useCall } from '../../call';

export interface PickScriptProps {
  readonly scripts: readonly KeptScriptView[];
  /** Hash of the script that was chosen before; null: none. */
  readonly chosen: string | null;
  readonly onBack: () => void;
  /** The ceremony goes by this one now; null: by none. */
  readonly onChosen: (script: KeptScriptView | null) => void;
}

const NONE = '';

/** Which script the ceremony goes by: the standard one, one of the team's own, or none. */
export function PickScript({ scripts, chosen, onBack, onChosen }: PickScriptProps) {
  const [wanted, setWanted] = useState(chosen ?? scripts[0]?.sha256 ?? NONE);
  const choose = useCall('officer.script.choose');
  const take = useCall('script.take');
  const remove = useCall('script.remove');
  const save = useSave(useCall('script.save'));
  const [taken, setTaken] = useState<string | null>(null);
  const there = scripts.find(({ sha256 }) => sha256 === wanted);
  const submit = async () => {
    const answer = await choose.run({ sha256: wanted === NONE ? null : wanted });
    if (answer.ok) onChosen(there ?? null);
  };
  const takeIn = async (files: readonly File[]) => {
    setTaken(null);
    const [file] = files;
    if (file === undefined) return;
    const answer = await take.run({ bytes: new Uint8Array(await file.arrayBuffer()) });
    if (answer.ok) setTaken(`${file.name} is taken in, and can be chosen above.`);
  };
  const removeIt = async (sha256: string) => {
    const answer = await remove.run({ sha256 });
    if (answer.ok) setWanted(chosen ?? NONE);
  };
  const options = [
    ...scripts.map(({ sha256, title, version, steps, words, about }) => ({
      value: sha256,
      name: `${title}, version ${version}`,
      hint: `${steps} steps · ${words}${about === '' ? '' : `. ${about}`}`,
    })),
    {
      value: NONE,
      name: 'No script',
      hint: 'What Airlock does is on record all the same, and exceptions can be recorded.',
    },
  ];
  return (
    <Step
      title="Which script does it go by?"
      lead="A script says each step of the day: who does it, what must be seen, what is written down. It goes into the transcript as a whole, with how each step went."
    >
      <Choice label="Script" options={options} value={wanted} onChange={setWanted} />
      <p className="quiet">To make your own, save one as a file, change its text, and take it in.</p>
      <div className="row row-tight">
        <FileButton onFiles={(files) => void takeIn(files)}>Take in a script’s file</FileButton>
        {there === undefined ? null : (
          <Button kind="quiet" busy={save.busy} onPress={() => save.run({ sha256: there.sha256 })}>
            Save it as a file
          </Button>
        )}
        {there === undefined || there.isStandard ? null : (
          <Button kind="quiet" busy={remove.busy} onPress={() => void removeIt(there.sha256)}>
            Remove it from this laptop
          </Button>
        )}
      </div>
      <Problem text={take.problem ?? remove.problem ?? save.problem} />
      <Done text={taken ?? save.saved} />
      <Foot>
        <Button busy={choose.busy} onPress={() => void submit()}>
          {wanted === NONE ? 'Go by no script' : 'Go by this script'}
        </Button>
        <Button kind="quiet" onPress={onBack}>
          Back to the plan
        </Button>
        <Problem text={choose.problem} />
      </Foot>
    </Step>
  );
}
