import { useRef } from 'react';
import type { OfficerStep } from '../../../shared/ceremony/officer';
import { takesAnotherResult } from '../../../shared/ceremony/token-stand';
import type { OfficerViewAt } from '../../../shared/ipc/offline/officer';
import { tokenKindWords } from '../../../shared/token/token-kind';
import { Button } from '../../parts/button';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { SoFar } from '../../parts/frame/so-far';
import { More } from '../../parts/more';
import { dayOf } from '../../parts/names';
import { Problem } from '../../parts/problem';
import { SecretField, takeSecret } from '../../parts/secret-field';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { useCall } from '../call';
import { NetworkUp } from '../frame/network-up';
import { secretName } from '../names';
import { TimeIsOver } from './decoded-for';
import { RevokedButton } from './revoked-button';
import { TasksCard } from './tasks-card';

export interface DecodeFormProps {
  readonly ceremony: OfficerViewAt<'decode' | 'destroy'>;
  readonly onLook: (step: OfficerStep) => void;
}

/** Before the token: the passphrase opens the key or OTP, and that opens the result. */
export function DecodeForm({ ceremony, onLook }: DecodeFormProps) {
  const passphrase = useRef<HTMLInputElement>(null);
  const decode = useCall('officer.decode');
  const { result, token, secret } = ceremony;
  const submit = async () => {
    const answer = await decode.run({ passphrase: takeSecret(passphrase) });
    if (!answer.ok) passphrase.current?.focus();
  };
  return (
    <Step
      title={token === null ? 'Decode the result' : 'Decode it again'}
      lead={
        token === null
          ? `The server has made ${tokenKindWords(ceremony.draft.tokenKind).one}. Nobody has read it yet; after this step, you can.`
          : `The token was decoded before, and this laptop has forgotten it since. It is alive until it ${tokenKindWords(ceremony.draft.tokenKind).isDead}.`
      }
      aside={
        <>
          <TasksCard ceremony={ceremony} />
          <SoFar events={ceremony.events} />
        </>
      }
    >
      <NetworkUp />
      {token === null ? null : (
        <TimeIsOver
          since={token.decodedAt}
          minutes={ceremony.draft.tokenMinutes}
          kind={ceremony.draft.tokenKind}
        />
      )}
      <Facts
        facts={[
          ['Taken', dayOf(result.takenAt)],
          ['Signed by', result.signedBy ?? <b key="nobody">Nobody: a plain crossing</b>],
          [
            'Attempt words',
            result.words === null ? null : (
              <Words key="words" words={result.words} of="Words of the attempt" />
            ),
          ],
          ['Key', secret.kind === 'otp' ? null : <code key="key">{secret.fingerprint}</code>],
        ]}
      />
      <Form onSubmit={() => void submit()}>
        <SecretField label="Your passphrase" field={passphrase} />
        <Foot>
          <Button submit busy={decode.busy}>
            {decode.busy ? 'Decoding…' : 'Decode'}
          </Button>
          {token === null ? null : <RevokedButton token={ceremony.draft.tokenKind} />}
          <Problem text={decode.problem} />
        </Foot>
      </Form>
      <More title="It does not decode">
        {takesAnotherResult(ceremony) ? (
          <>
            <p>
              Nothing is lost: the {secretName(secret)} and the result stay on this laptop. If the operator
              sent the wrong result, take the right one. A token that was made and can't be decoded is alive
              all the same: tell the operator, who finds and revokes it.
            </p>
            <Button kind="quiet" onPress={() => onLook('result')}>
              Take another result
            </Button>
          </>
        ) : (
          <p>
            This result was decoded here before, so it is the right one, and the {secretName(secret)} is too:
            look for a typing error in the passphrase. The token is alive all the same. If it can't be read
            any more, tell the operator, who finds and revokes it.
          </p>
        )}
      </More>
    </Step>
  );
}
