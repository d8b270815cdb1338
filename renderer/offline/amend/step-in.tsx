import { useState } from 'react';
import type { SentView } from '../../../shared/ipc/offline/officer';
import { AmendmentOut } from './amendment-out';
import { ChooseReserve } from './choose-reserve';

export interface StepInProps {
  readonly ceremony: SentView;
  readonly onDone: () => void;
}

/** A reserve steps in: first who, for whom and where; then the amendment, on its way to the stations. */
export function StepIn({ ceremony, onDone }: StepInProps) {
  const { amendment } = ceremony;
  const [choosing, setChoosing] = useState(amendment === null);
  if (choosing || amendment === null)
    return <ChooseReserve ceremony={ceremony} onDone={() => setChoosing(false)} onBack={onDone} />;
  return (
    <AmendmentOut
      ceremony={ceremony}
      amendment={amendment}
      onDone={onDone}
      onAnother={() => setChoosing(true)}
    />
  );
}
