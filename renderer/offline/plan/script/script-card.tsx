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

/** Which script the ceremony goes by, as its plan says. */
export const ScriptCard = ({ script, draft, onTakeOver, onChange }: ScriptCardProps) => (
  <Card title="The script">
    {script === null ? (
      <p>None. A script has each step on record: who did it, what was seen, and what deviated.</p>
    ) : (
      <>
        <Facts
          facts={[
            ['Title', script.title],
            ['Version', script.version],
            ['Steps', String(script.steps)],
            ['Read aloud', <Words key="words" words={script.words} of="Words of the script" />],
          ]}
        />
        {script.proposes === null ? null : (
          <Proposal proposes={script.proposes} draft={draft} onTakeOver={onTakeOver} />
        )}
      </>
    )}
    <Button kind="quiet" small onPress={onChange}>
      {script === null ? 'Choose a script' : 'Another script, or none'}
    </Button>
  </Card>
);

const methodName = { pgp: 'by PGP key', otp: 'by one-time password' } as const;

/** What it proposes for the plan, and whether the plan has it so. */
function Proposal({
  proposes,
  draft,
  onTakeOver,
}: Pick<ScriptCardProps, 'draft' | 'onTakeOver'> & {
  readonly proposes: NonNullable<ScriptView['proposes']>;
}) {
  const other = otherThan(draft, proposes);
  const differs = Object.keys(other).length > 0;
  const { purpose, method } = proposes;
  return (
    <>
      <Facts
        facts={[
          ...(purpose === undefined ? [] : [['It proposes', purpose] as const]),
          ...(method === undefined ? [] : [['Comes back', methodName[method]] as const]),
        ]}
      />
      <p className="quiet">
        {differs
          ? 'The plan has it otherwise.'
          : 'The plan has it so. It can be changed until it is complete.'}
      </p>
      {differs ? (
        <Button kind="quiet" small onPress={() => onTakeOver(other)}>
          Take over what it proposes
        </Button>
      ) : null}
    </>
  );
}
