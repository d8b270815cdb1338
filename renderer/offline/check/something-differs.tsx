import { useEffect, useRef } from 'react';
import { Button } from '../../parts/button';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { Problem } from '../../parts/problem';
import { TextField } from '../../parts/text-field';
import { useCall } from '../call';

export interface SomethingDiffersProps {
  /** What was typed so far. */
  readonly difference: string;
  readonly onChange: (difference: string) => void;
  readonly onBack: () => void;
}

/** The custodian stops here and says why. */
export function SomethingDiffers({ difference, onChange, onBack }: SomethingDiffersProps) {
  const check = useCall('custodian.check');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  return (
    <Form field={form} onSubmit={() => void check.run({ matches: false, difference })}>
      <TextField
        label="What is different"
        hint="For the transcript. Write no secret here."
        value={difference}
        onChange={onChange}
        maxLength={300}
        lines={2}
      />
      <Foot>
        <Button submit kind="alarm" busy={check.busy}>
          Stop here
        </Button>
        <Button kind="quiet" onPress={onBack}>
          Look again
        </Button>
        <Problem text={check.problem} />
      </Foot>
    </Form>
  );
}
