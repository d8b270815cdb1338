import type { OfficerViewAt } from '../../../shared/ipc/offline/officer';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Foot } from '../../parts/foot';
import { WhatIs } from '../../parts/help/what-is';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { BackToPlan } from '../plan/back-to-plan';

export function MakeOtp({ ceremony }: { readonly ceremony: OfficerViewAt<'key'> }) {
  const make = useCall('officer.make-otp');
  const { otpLength: length, station } = ceremony.server;
  return (
    <Step
      title="Make the one-time password"
      lead={
        length === 0
          ? 'This server is of the UUID era: the password is 16 random bytes, in base64.'
          : `As long as the server asks: ${length} characters, each from this laptop's own random source.`
      }
      aside={
        <Card title="Where it goes">
          <ul>
            {station === null ? (
              <li>
                There is no station key to seal it to. You will read it out: mind <b>who listens</b>.
              </li>
            ) : (
              <li>
                Sealed to <b>{station}</b>, whose server gets it.
              </li>
            )}
            <li>Kept here, under your passphrase, until you destroy it.</li>
          </ul>
        </Card>
      }
    >
      {length === 0 ? <WhatIs term="base64" /> : null}
      <Foot>
        <Button busy={make.busy} onPress={() => void make.run({})}>
          Make the password
        </Button>
        <BackToPlan />
        <Problem text={make.problem} />
      </Foot>
    </Step>
  );
}
