import { useState } from 'react';
import { longestText } from '../../../shared/input/lengths';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { TextField } from '../../parts/text-field';
import { useCall } from '../call';

/** What the plain command line prints. Useless without the key or OTP, so the field need not be covered. */
export function BareToken() {
  const [text, setText] = useState('');
  const [nonce, setNonce] = useState('');
  const take = useCall('officer.encoded-token');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void take.run({ text, nonce });
      }}
    >
      <p className="quiet">
        Nobody signs this crossing; the transcript says so. The nonce is compared with the attempt's, where
        one was taken.
      </p>
      <TextField
        label="Encoded token"
        value={text}
        onChange={setText}
        lines={3}
        mono
        maxLength={longestText.answer}
      />
      <TextField
        label="Nonce"
        hint="May be left empty."
        value={nonce}
        onChange={setNonce}
        mono
        maxLength={longestText.answer}
      />
      <Button submit busy={take.busy}>
        Take it
      </Button>
      <Problem text={take.problem} />
    </form>
  );
}
