import { useState } from 'react';
import { wholeNumberIn } from '../../../shared/input/short-values';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { TextField } from '../../parts/text-field';
import { useCall } from '../call';

/** The server's facts, as its operator reads them out. Nobody signed them: the transcript says so. */
export function ServerByHand({ onDone }: { readonly onDone: () => void }) {
  const [address, setAddress] = useState('');
  const [otpLength, setOtpLength] = useState('28');
  const [threshold, setThreshold] = useState('3');
  const [shares, setShares] = useState('5');
  const [problem, setProblem] = useState<string | null>(null);
  const byHand = useCall('officer.server-by-hand');

  const submit = async () => {
    const numbers = {
      otpLength: wholeNumber(otpLength, 0),
      threshold: wholeNumber(threshold, 1),
      shares: wholeNumber(shares, 1),
    };
    const { otpLength: length, threshold: needed, shares: total } = numbers;
    if (length === null || needed === null || total === null) {
      setProblem(
        'Shares, threshold and OTP length are whole numbers up to 255. Ask the operator to read them again.',
      );
      return;
    }
    setProblem(null);
    const answer = await byHand.run({ address, otpLength: length, threshold: needed, shares: total });
    if (answer.ok) onDone();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className="quiet">
        Ask the operator to run <code>vault operator generate-root -status</code> and to read it out. Nobody
        signs these facts; the transcript says so.
      </p>
      <TextField
        label="Server address"
        value={address}
        onChange={setAddress}
        maxLength={300}
        placeholder="https://"
      />
      <TextField label="Shares in all" value={shares} onChange={setShares} short />
      <TextField label="Shares needed (threshold)" value={threshold} onChange={setThreshold} short />
      <TextField
        label="OTP length"
        hint="As the server says: 28 on Vault 1.10 and later, 26 on OpenBao, 0 where it names none."
        value={otpLength}
        onChange={setOtpLength}
        short
      />
      <Button submit busy={byHand.busy}>
        Use these facts
      </Button>
      <Problem text={problem ?? byHand.problem} />
    </form>
  );
}

function wholeNumber(text: string, least: number): number | null {
  const value = wholeNumberIn(text);
  return value !== null && value >= least && value <= 255 ? value : null;
}
