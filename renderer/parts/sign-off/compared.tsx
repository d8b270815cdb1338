import { useState } from 'react';
import { useCall } from '../bridge/call';
import { Tick } from '../choice';
import { Problem } from '../problem';

/** A box to check once words were compared by voice: it goes into the transcript, and stays. */
export function Compared({ what, words }: { readonly what: string; readonly words: string }) {
  const [compared, setCompared] = useState(false);
  const record = useCall('ceremony.words-compared');
  const check = async () => {
    const answer = await record.run({ what, words });
    setCompared(answer.ok);
  };
  return (
    <>
      <Tick
        name="Compared by voice: the words are the same"
        hint={compared ? 'Recorded in the transcript.' : undefined}
        on={compared}
        disabled={compared || record.busy}
        onChange={() => void check()}
      />
      <Problem text={record.problem} />
    </>
  );
}
