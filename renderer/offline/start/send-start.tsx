import type { OfficerStep } from '../../../shared/ceremony/officer';
import { serverName, why } from '../../../shared/ceremony/shown-names';
import type { SentView } from '../../../shared/ipc/offline/officer';
import { weaknessOf } from '../../../shared/openpgp/weakness';
import { Button } from '../../parts/button';
import { SaveMessage, ShowCode } from '../../parts/crossing/show-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { More } from '../../parts/more';
import { Problem } from '../../parts/problem';
import { Compared } from '../../parts/sign-off/compared';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { CantGive } from '../amend/cant-give';
import { useCall } from '../call';
import { BackToPlan } from '../plan/back-to-plan';
import { PlainStart } from './plain-start';
import { WhoCanLearn } from './who-can-learn';

export interface SendStartProps {
  readonly ceremony: SentView;
  readonly onLook: (step: OfficerStep) => void;
  /** Opens the screen where a reserve steps in; null where it is too late for one. */
  readonly onAmend: (() => void) | null;
}

/** The start message on its way to the online station. */
export function SendStart({ ceremony, onLook, onAmend }: SendStartProps) {
  const sent = useCall('officer.start-sent');
  const { start, server, draft, secret } = ceremony;
  const goOn = () => (ceremony.step === 'start' ? void sent.run({}) : onLook(ceremony.step));
  const otp = secret.kind === 'otp';
  return (
    <Step
      title="Carry this to the online station"
      lead={
        otp
          ? 'It holds the plan, and the one-time password sealed to the station. Whoever sees the code on the way learns nothing of the password.'
          : 'It holds the plan and your public key. Nothing in it is secret: whoever sees it can encrypt to this laptop and do nothing else.'
      }
      code={<ShowCode outgoing={start} />}
    >
      <Facts
        facts={[
          ['Purpose', why(draft.purpose, draft.ticket)],
          ['Server', serverName(server)],
          ['Quorum', `${server.threshold} of ${server.shares} shares`],
          ['Key', secret.kind === 'pgp' ? <code key="key">{secret.fingerprint}</code> : null],
          ['Note', secret.kind === 'pgp' ? weaknessOf(secret.algorithm) : null],
          ['Password', secret.kind === 'otp' ? `${secret.length || 24} characters, sealed` : null],
          ['Read aloud', <Words key="words" words={start.words} of="Words of the start" />],
        ]}
      />
      <Compared key={start.words} what="start" words={start.words} />
      <WhoCanLearn ceremony={ceremony} />
      <Foot>
        <Button busy={sent.busy} onPress={goOn}>
          {ceremony.step === 'start' ? 'The station has it' : 'Back to where we were'}
        </Button>
        <SaveMessage outgoing={start} />
        <Problem text={sent.problem} />
      </Foot>
      <CantGive ceremony={ceremony} onAmend={onAmend} />
      {'result' in ceremony ? null : (
        <More title="The plan has to be another">
          <p>
            Then this start counts no more, and the {otp ? 'password' : 'key'} in it is destroyed. If the
            station has it already, have the operator cancel its attempt.
          </p>
          <BackToPlan />
        </More>
      )}
      <More title="For the vault or bao command line" open={server.station === null}>
        <PlainStart otp={otp} />
      </More>
    </Step>
  );
}
