import { useState } from 'react';
import type { ScriptView } from '../../../shared/ipc/offline/script';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { timeOf } from '../../parts/names';
import { Problem } from '../../parts/problem';
import { TextField } from '../../parts/text-field';
import { useCall } from '../call';

/** A break: from when to when, and who stayed in the room. */
export function BreakCard({ rest }: Pick<ScriptView, 'rest'>) {
  const call = useCall('officer.script.break');
  const [stayed, setStayed] = useState('');
  const begins = async () => {
    const answer = await call.run({ what: 'begins', stayed });
    if (answer.ok) setStayed('');
  };
  return (
    <Card title="Break">
      {rest === null ? (
        <>
          <TextField label="Who stays in the room" value={stayed} onChange={setStayed} maxLength={300} />
          <Button kind="quiet" small busy={call.busy} onPress={() => void begins()}>
            A break begins
          </Button>
        </>
      ) : (
        <>
          <p>
            Since {timeOf(rest.from)}. In the room: {rest.stayed === '' ? 'nobody' : rest.stayed}.
          </p>
          <Button
            kind="quiet"
            small
            busy={call.busy}
            onPress={() => void call.run({ what: 'ends', stayed: '' })}
          >
            The break ends
          </Button>
        </>
      )}
      <Problem text={call.problem} />
    </Card>
  );
}
