import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Problem } from '../problem';
import { Sheet } from '../sheet';
import { TextField } from '../text-field';

export interface RecordExceptionProps {
  /** What was typed so far: its owner keeps it, so that Escape and Back lose nothing. */
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onClose: () => void;
}

/** Something that did not go as planned, in the person's own words. */
export function RecordException({ text, onChange, onClose }: RecordExceptionProps) {
  const record = useCall('ceremony.exception');
  const submit = async () => {
    if (text.trim() === '') return;
    const answer = await record.run({ text });
    if (!answer.ok) return;
    onChange('');
    onClose();
  };
  return (
    <Sheet title="Record an exception" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="quiet">
          Anything that did not go as planned. It goes into the transcript and can't be taken out again. Write
          no secret here.
        </p>
        <TextField label="What happened" value={text} onChange={onChange} maxLength={300} lines={3} />
        <div className="row">
          <Button submit busy={record.busy} disabled={text.trim() === ''}>
            Record it
          </Button>
          <Button kind="quiet" onPress={onClose}>
            Back
          </Button>
        </div>
        <Problem text={record.problem} />
      </form>
    </Sheet>
  );
}
