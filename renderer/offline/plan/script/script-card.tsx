import type { ScriptView } from '../../../../shared/ipc/offline/script';
import { Button } from '../../../parts/button';
import { Card } from '../../../parts/card';
import { Facts } from '../../../parts/facts';
import { Words } from '../../../parts/words';

/** Which script the ceremony goes by, as its plan says. */
export const ScriptCard = ({
  script,
  onChange,
}: {
  readonly script: ScriptView | null;
  readonly onChange: () => void;
}) => (
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
        ]}
      />
    )}
    <Button kind="quiet" small onPress={onChange}>
      {script === null ? 'Choose a script' : 'Another script, or none'}
    </Button>
  </Card>
);
