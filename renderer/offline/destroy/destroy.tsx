import { useState } from 'react';
import type { OfficerStep } from '../../../shared/ceremony/officer';
import type { SentView } from '../../../shared/ipc/offline/officer';
import { tokenKindWords } from '../../../shared/token/token-kind';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { dayOf } from '../../parts/names';
import { Problem } from '../../parts/problem';
import { Sheet } from '../../parts/sheet';
import { Step } from '../../parts/step';
import { Brought } from '../brought/brought';
import { useCall } from '../call';
import { secretName } from '../names';

export interface DestroyProps {
  readonly ceremony: SentView;
  readonly onLook: (step: OfficerStep) => void;
}

/** The end of the ceremony's key or OTP. Before the ceremony came this far, it is giving it up. */
export function Destroy({ ceremony, onLook }: DestroyProps) {
  const [asking, setAsking] = useState(false);
  const { secret } = ceremony;
  const what = secretName(secret);
  const early = ceremony.step !== 'destroy';
  return (
    <Step
      title={early ? `Give up, and destroy the ${what}?` : `Destroy the ${what}`}
      lead={
        early
          ? `This ceremony isn't finished. Without the ${what}, no result of it can be decoded any more.`
          : `The token ${tokenKindWords(ceremony.draft.tokenKind).isDead}, so the ${what} has served. It is overwritten and deleted.`
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
          ['Key', secret.kind === 'otp' ? null : <code key="key">{secret.fingerprint}</code>],
          [
            'Dated',
            secret.kind === 'otp' ? null : (
              <span key="dated">
                {dayOf(secret.createdAt)}{' '}
                <span className="quiet">
                  · A key made here is dated a day back, so that no server takes it for one of the future.
                </span>
              </span>
            ),
          ],
          ['Token', tokenFate(ceremony)],
        ]}
      />
      {ceremony.brought === null ? null : <Brought digest={ceremony.brought} />}
      {early ? (
        <p className="problem">
          {beforeGivingUp(ceremony)} Destroying the {what} does not end it.
        </p>
      ) : null}
      <Foot>
        <Button kind={early ? 'alarm' : 'primary'} onPress={() => setAsking(true)}>
          Destroy the {what}
        </Button>
        {early ? (
          <Button kind="quiet" onPress={() => onLook(ceremony.step)}>
            Back to where we were
          </Button>
        ) : null}
      </Foot>
      {asking ? <ReallyDestroy what={what} onClose={() => setAsking(false)} /> : null}
    </Step>
  );
}

function beforeGivingUp(ceremony: SentView): string {
  const { isDead } = tokenKindWords(ceremony.draft.tokenKind);
  if (!('result' in ceremony))
    return `Cancel the attempt on the server first. If a token was made already, it is alive until it ${isDead}.`;
  return ceremony.token === null
    ? `The server has made a token. It is alive until it ${isDead}.`
    : `The token is alive until it ${isDead}. Have the operator see to that first, and say “It ${isDead}”.`;
}

function tokenFate(ceremony: SentView): string {
  if (!('result' in ceremony)) return 'none was taken in here';
  if (ceremony.token === null) return 'made by the server, never decoded';
  const { outcome } = ceremony.token;
  if (outcome !== null) return `revoked, proven by ${outcome.station}`;
  const { isDead } = tokenKindWords(ceremony.draft.tokenKind);
  return ceremony.token.revocationReported
    ? `it ${isDead}, as the operator says by word`
    : `decoded here; nobody says that it ${isDead}`;
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
