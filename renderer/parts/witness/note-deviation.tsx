import { useState } from 'react';
import type { FollowedView } from '../../../shared/ipc/view/followed';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Problem } from '../problem';
import { Select } from '../select';
import { Sheet } from '../sheet';
import { TextField } from '../text-field';
import type { FollowedStation } from './followed';

export interface NoteDeviationProps {
  readonly ceremony: FollowedView;
  /** The station that the witness looks at. */
  readonly at: FollowedStation;
  readonly onClose: () => void;
}

const NONE = '';

/** What a witness saw go otherwise than it should, in their own words. */
export function NoteDeviation({ ceremony, at, onClose }: NoteDeviationProps) {
  const note = useCall('witness.note');
  const [text, setText] = useState('');
  const [of, setOf] = useState(at.of);
  const [line, setLine] = useState(NONE);
  const station = ceremony.stations.find((each) => each.of === of);
  const submit = async (): Promise<void> => {
    if (text.trim() === '') return;
    const answer = await note.run({
      ceremony: ceremony.id,
      of,
      line: line === NONE ? 0 : Number(line),
      text,
    });
    if (answer.ok) onClose();
  };
  return (
    <Sheet title="Note a deviation" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="quiet">
          What was otherwise than it should be, why, and what was done. It goes into what you sign, and can't
          be taken out again. Write no secret here.
        </p>
        <TextField label="What happened" value={text} onChange={setText} maxLength={300} />
        <p className="field-label">At which station</p>
        <Select
          label="At which station"
          value={of}
          onChange={(value) => {
            setOf(value);
            setLine(NONE);
          }}
          options={[
            { value: NONE, name: 'At none: in the room' },
            ...ceremony.stations.map((each) => ({ value: each.of, name: each.label })),
          ]}
        />
        {station === undefined ? null : (
          <>
            <p className="field-label">About which line</p>
            <Select
              label="About which line"
              value={line}
              onChange={setLine}
              options={[
                { value: NONE, name: 'About none' },
                ...[...station.events]
                  .reverse()
                  .map((each) => ({ value: String(each.n), name: `${each.n}: ${each.text.slice(0, 70)}` })),
              ]}
            />
          </>
        )}
        <div className="row">
          <Button submit busy={note.busy} disabled={text.trim() === ''}>
            Note it
          </Button>
          <Button kind="quiet" onPress={onClose}>
            Back
          </Button>
        </div>
        <Problem text={note.problem} />
      </form>
    </Sheet>
  );
}
