import { More } from '../../parts/more';
import { Secret } from '../../parts/secret';
import { SecretCode } from '../../parts/secret-code';
import { useReveal } from '../reveal';

/** The share in clear, where there is only the command line. Neither sealed nor signed. */
export function PlainShareOut() {
  const reveal = useReveal('custodian.share.reveal');
  return (
    <More title="For the vault or bao command line, which can't open a sealed share">
      <p>
        Whoever sees this share has it for good. Let only the person at the server's terminal see it; the
        transcript says that it was shown.
      </p>
      <Secret name="Your share" marked reveal={reveal} testId="share" />
      <SecretCode name="Your share" reveal={reveal} testId="share-code" />
    </More>
  );
}
