import { useState } from 'react';
import type { OfficerStep, OfficerView } from '../../../shared/ipc/app-state';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Problem } from '../../parts/problem';
import { Sheet } from '../../parts/sheet';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { SoFar } from '../frame/so-far';
import { dayOf } from '../names';

export interface DestroyProps {
  readonly ceremony: OfficerView;
  readonly onLook: (step: OfficerStep) => void;
}

/** The end of the ceremony's key or OTP. Before the ceremony came this far, it is giving it up. */
export function Destroy({ ceremony, onLook }: DestroyProps) {
  const made = ceremony.key !== null || ceremony.otp !== null;
  return made ? (
    <DestroySecret ceremony={ceremony} onLook={onLook} />
  ) : (
    <GiveUp onBack={() => onLook(ceremony.step)} />
  );
}

/** Nothing was made yet: there is only a plan to give up. */
function GiveUp({ onBack }: { readonly onBack: () => void }) {
  const giveUp = useCall('officer.destroy');
  return (
    <Step
      title="Give this ceremony up?"
      lead="Nothing was made for it yet, so there is nothing to destroy. The plan and the transcript stay, and can be signed off."
    >
      <div className="row">
        <Button kind="alarm" busy={giveUp.busy} onPress={() => void giveUp.run({})}>
          Give it up
        </Button>
        <Button kind="quiet" onPress={onBack}>
          Back to where we were
        </Button>
      </div>
      <Problem text={giveUp.problem} />
    </Step>
  );
}

function DestroySecret({ ceremony, onLook }: DestroyProps) {
  const [asking, setAsking] = useState(false);
  const what = ceremony.key === null ? 'one-time password' : 'key';
  const early = ceremony.step !== 'destroy';
  return (
    <Step
      title={early ? `Give up, and destroy the ${what}?` : `Destroy the ${what}`}
      lead={
        early
          ? `This ceremony isn't finished. Without the ${what}, no result of it can be decoded any more.`
          : `The token is revoked, so the ${what} has served. It is overwritten and deleted.`
      }
      aside={
        <>
          <Card title="What stays">
            <ul>
              <li>The plan, the messages and the transcript. No secret is in them.</li>
              <li>
                On flash disks an overwritten block may survive. The file was only ever there <b>encrypted</b>{' '}
                to your own key, which your passphrase protects.
              </li>
            </ul>
          </Card>
          <SoFar events={ceremony.events} />
        </>
      }
    >
      <Facts
        facts={[
          ['Key', ceremony.key === null ? null : <code key="key">{ceremony.key.fingerprint}</code>],
          ['Dated', ceremony.key === null ? null : dayOf(ceremony.key.createdAt)],
          ['Token', tokenFate(ceremony)],
        ]}
      />
      {early ? (
        <p className="problem">
          {beforeGivingUp(ceremony)} Destroying the {what} does not revoke it.
        </p>
      ) : null}
      <div className="row">
        <Button kind={early ? 'alarm' : 'primary'} onPress={() => setAsking(true)}>
          Destroy the {what}
        </Button>
        {early ? (
          <Button kind="quiet" onPress={() => onLook(ceremony.step)}>
            Back to where we were
          </Button>
        ) : null}
      </div>
      {asking ? <ReallyDestroy what={what} onClose={() => setAsking(false)} /> : null}
    </Step>
  );
}

function beforeGivingUp(ceremony: OfficerView): string {
  if (ceremony.token !== null)
    return 'The token is alive until it is revoked. Have the operator revoke it first, and say “It is revoked”.';
  return ceremony.result === null
    ? 'Cancel the attempt on the server first. If a token was made already, it is alive until it is revoked.'
    : 'The server has made a token. It is alive until the operator finds and revokes it.';
}

function tokenFate(ceremony: OfficerView): string {
  if (ceremony.token?.revocationReported === true) return 'revoked, as the operator says';
  if (ceremony.token !== null) return 'decoded here; not said to be revoked';
  return ceremony.result === null ? 'none was taken in here' : 'made by the server, never decoded';
}

function ReallyDestroy({ what, onClose }: { readonly what: string; readonly onClose: () => void }) {
  const destroy = useCall('officer.destroy');
  return (
    <Sheet title={`Destroy the ${what}?`} onClose={onClose} urgent>
      <p>This can't be undone. There is no copy.</p>
      <div className="row">
        <Button kind="alarm" busy={destroy.busy} onPress={() => void destroy.run({})}>
          Destroy it now
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Not yet
        </Button>
      </div>
      <Problem text={destroy.problem} />
    </Sheet>
  );
}
