import { useState } from 'react';
import type { CommonState } from '../../../shared/ipc/common-state';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Help } from '../help/help';
import type { ExplainedStep } from '../names';
import { Problem } from '../problem';
import { RecordException } from './record-exception';

export interface RailFootProps {
  readonly state: CommonState;
  /** Those that Help explains. */
  readonly steps: readonly ExplainedStep<string>[];
  /** Leads home from what only this window knows to be open. */
  readonly onHome?: () => void;
}

/** The way out of every screen: home, lock, and a note for the transcript. */
export function RailFoot({ state, steps, onHome }: RailFootProps) {
  const leave = useCall('ceremony.leave');
  const leaveWitness = useCall('witness.leave');
  const lock = useCall('identity.lock');
  const show = useCall('ceremony.show');
  const [recording, setRecording] = useState(false);
  const [helping, setHelping] = useState(false);
  const [exception, setException] = useState('');
  const away = state.ceremony !== null || state.toSign !== null || onHome !== undefined;
  const goHome = async () => {
    onHome?.();
    if (state.toSign !== null) await leaveWitness.run({});
    await leave.run({});
  };
  return (
    <>
      {state.ceremony !== null && state.ceremony.checkpoint === null ? (
        <>
          <Button kind="link" onPress={() => setRecording(true)}>
            Record an exception
          </Button>
          {state.ceremony.live === null && state.ceremony.events.length > 0 ? (
            <Button kind="link" busy={show.busy} onPress={() => void show.run({})}>
              Show to a witness
            </Button>
          ) : null}
          <Problem text={show.problem} />
        </>
      ) : null}
      {away ? (
        <Button kind="link" onPress={() => void goHome()}>
          Home
        </Button>
      ) : null}
      <Button kind="link" onPress={() => setHelping(true)}>
        Help
      </Button>
      <Button kind="link" onPress={() => void lock.run({})}>
        Lock
      </Button>
      {helping ? <Help steps={steps} onClose={() => setHelping(false)} /> : null}
      {recording ? (
        <RecordException text={exception} onChange={setException} onClose={() => setRecording(false)} />
      ) : null}
    </>
  );
}
