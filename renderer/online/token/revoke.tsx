import { useRef } from 'react';
import type { OperatorView } from '../../../shared/ipc/online/app-state';
import { sentenceCase, tokenKindWords } from '../../../shared/token/token-kind';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { TakeCode } from '../../parts/crossing/take-code';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { SoFar } from '../../parts/frame/so-far';
import { More } from '../../parts/more';
import { Problem } from '../../parts/problem';
import { SecretField, takeSecret } from '../../parts/secret-field';
import { SecretFile } from '../../parts/secret-file';
import { Step } from '../../parts/step';
import { useCall } from '../call';

export interface RevokeProps {
  readonly ceremony: OperatorView;
  readonly onElsewhere: () => void;
  readonly onSweep: () => void;
}

/** The token's end at this station: revoked, and seen to be dead. */
export function Revoke(props: RevokeProps) {
  return props.ceremony.tokenKind === 'recovery' ? <RecoveryEnds {...props} /> : <RevokeTyped {...props} />;
}

/**
 * A recovery token can't be revoked: it ends with the server's recovery mode, and the server tells of that.
 */
function RecoveryEnds({ ceremony, onElsewhere }: RevokeProps) {
  const ended = useCall('token.ended');
  return (
    <Step
      title="End recovery mode, and prove it"
      lead={`${tokenKindWords('recovery').ends} The server is asked whether it runs as usual again: its answer is the proof, and goes on record.`}
      aside={<SoFar events={ceremony.events} />}
    >
      <ol>
        <li>Whoever looks after the server ends it, once the repair is done.</li>
        <li>They start it as usual, without recovery mode, and unseal it.</li>
        <li>Then ask it here.</li>
      </ol>
      <Foot>
        <Button busy={ended.busy} onPress={() => void ended.run({})}>
          {ended.busy ? 'Asking the server…' : 'It runs as usual again'}
        </Button>
        <Button kind="quiet" onPress={onElsewhere}>
          It was seen elsewhere
        </Button>
        <Problem text={ended.problem} />
      </Foot>
    </Step>
  );
}

function RevokeTyped({ ceremony, onElsewhere, onSweep }: RevokeProps) {
  const { name } = tokenKindWords(ceremony.tokenKind);
  const token = useRef<HTMLInputElement>(null);
  const revoke = useCall('token.revoke');
  const submit = async () => {
    await revoke.run({ token: takeSecret(token) });
  };
  return (
    <Step
      title={
        ceremony.tokenKind === 'dr' ? 'Delete the token, and prove it' : 'Revoke the token, and prove it'
      }
      lead={
        ceremony.tokenKind === 'dr'
          ? 'Once its work is done. An operation token can’t be looked up: it is deleted, and then once more. That the secondary refuses that is the proof, and goes on record.'
          : 'Once its work is done. The server is asked afterwards whether it still knows the token: that answer is the proof, and goes on record.'
      }
      aside={
        <>
          <Card title="What is kept">
            <ul>
              <li>The token: nowhere. It is in memory until the server has answered.</li>
              <li>
                {ceremony.tokenKind === 'dr' ? 'The server’s answer' : 'Its accessor and the server’s answer'}
                : in the transcript.
              </li>
            </ul>
          </Card>
          <SoFar events={ceremony.events} />
        </>
      }
    >
      <Form onSubmit={() => void submit()}>
        <SecretField
          label={sentenceCase(name)}
          hint="As the officer reads it out, or from a file."
          field={token}
        />
        <SecretFile field={token} largest={4000}>
          Take it from a file
        </SecretFile>
        <Foot>
          <Button submit busy={revoke.busy}>
            {revoke.busy ? 'Asking the server…' : ceremony.tokenKind === 'dr' ? 'Delete it' : 'Revoke it'}
          </Button>
          <Button kind="quiet" onPress={onElsewhere}>
            It {tokenKindWords(ceremony.tokenKind).isDead} elsewhere
          </Button>
          {ceremony.tokenKind === 'root' ? (
            <Button kind="quiet" onPress={onSweep}>
              Sweep for root tokens
            </Button>
          ) : null}
          <Problem text={revoke.problem} />
        </Foot>
      </Form>
      {ceremony.tokenKind === 'root' ? (
        <More title="The officer hands it over, sealed">
          <TakeCode what="the officer’s handoff" aside />
        </More>
      ) : null}
    </Step>
  );
}
