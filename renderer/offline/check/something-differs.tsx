import { useEffect, useRef, useState } from 'react';
import { Button } from '../../parts/button';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { Problem } from '../../parts/problem';
import { TextField } from '../../parts/text-field';
import { useCall } from '../call';

/** The custodian stops here and says why. */
export function SomethingDiffers({ onBack }: { readonly onBack: () => void }) {
  const [difference, setDifference] = useState('');
  const check = useCall('custodian.check');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  return (
    <Form field={form} onSubmit={() => void check.run({ matches: false, difference })}>
      <TextField
        label="What is different"
        hint="For the transcript. Write no secret here."
        value={difference}
        onChange={setDifference}
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
