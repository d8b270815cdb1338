import { useSave } from '../../parts/bridge/save';
import { Button } from '../../parts/button';
import { Done, Problem } from '../../parts/problem';
import { Secret } from '../../parts/secret';
import { SecretCode } from '../../parts/secret-code';
import { useCall } from '../call';
import { useReveal } from '../reveal';

/** The start in plain values, for an operator without Airlock. */
export function PlainStart({ otp }: { readonly otp: boolean }) {
  return otp ? <PlainOtp /> : <PlainKey />;
}

function PlainKey() {
  const save = useSave(useCall('officer.public-key.save'));
  return (
    <>
      <p>Save the public key as a file and carry it to the operator, who types:</p>
      <pre className="plain">vault operator generate-root -init -pgp-key=airlock-ceremony-key.b64</pre>
      <p className="quiet after">
        With OpenBao it is <code>bao</code> instead of <code>vault</code>. Nobody signs this crossing; the
        transcript says so.
      </p>
      <div className="row">
        <Button kind="quiet" busy={save.busy} onPress={() => save.run({})}>
          Save the public key
        </Button>
      </div>
      <Done text={save.saved} />
      <Problem text={save.problem} />
    </>
  );
}

function PlainOtp() {
  const reveal = useReveal('officer.otp.reveal');
  return (
    <>
      <p>Read the password to the operator, who types:</p>
      <pre className="plain">vault operator generate-root -init -otp=…</pre>
      <p className="quiet after">
        With OpenBao it is <code>bao</code> instead of <code>vault</code>. This crossing is neither sealed nor
        signed; the transcript says so.
      </p>
      <Secret name="One-time password" marked reveal={reveal} testId="otp" />
      <SecretCode name="One-time password" reveal={reveal} testId="otp-code" />
    </>
  );
}
