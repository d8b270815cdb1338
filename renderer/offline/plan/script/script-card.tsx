import type { PlanDraft } from '../../../../shared/ceremony/plan';
import type { ScriptView } from '../../../../shared/ipc/offline/script';
import { otherThan } from '../../../../shared/script/proposal';
import { Button } from '../../../parts/button';
import { Card } from '../../../parts/card';
import { Facts } from '../../../parts/facts';
import { Words } from '../../../parts/words';

export interface ScriptCardProps {
  readonly script: ScriptView | null;
  /** The plan as it is typed. */
  readonly draft: PlanDraft;
  readonly onTakeOver: (change: Partial<PlanDraft>) => void;
  readonly onChange: () => void;
}

/** Which script the ceremony goes by, as its plan says, and whether the plan has what it proposes. */
export function ScriptCard({ script, draft, onTakeOver, onChange }: ScriptCardProps) {
  const proposes = script?.proposes ?? undefined;
  const other = otherThan(draft, proposes);
  const differs = Object.keys(other).length > 0;
  return (
    <Card title="The script">
      {script === null ? (
        <p>None. A script has each step on record: who did it, what was seen, and what deviated.</p>
      ) : (
        <Facts
          facts={[
            ['Title', script.title],
            ['Version', script.version],
            ['Steps', String(script.steps)],
            ['Read aloud', <Words key="words" words={script.words} of="Words of the script" />],
            ['Proposes why', proposes?.purpose ?? null],
            ['Proposes how', proposes?.method === undefined ? null : methodName[proposes.method]],
          ]}
        />
      )}
      {proposes === undefined ? null : (
        <p className="quiet">
          {differs
            ? 'The plan has other than what it proposes.'
            : 'The plan has what it proposes, which can be changed.'}
        </p>
      )}
      <div className="row row-tight">
        {differs ? (
          <Button kind="quiet" small onPress={() => onTakeOver(other)}>
            Take over what it proposes
          </Button>
        ) : null}
        <Button kind="quiet" small onPress={onChange}>
          {script === null ? 'Choose a script' : 'Another script, or none'}
        </Button>
      </div>
    </Card>
  );
}

const methodName = { pgp: 'by PGP key', otp: 'by one-time password' } as const;
