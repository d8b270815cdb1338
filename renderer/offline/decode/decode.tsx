import { useState } from 'react';
import type { OfficerStep } from '../../../shared/ceremony/officer';
import type { OfficerViewAt } from '../../../shared/ipc/offline/officer';
import { DecodeForm } from './decode-form';
import { HandedOver } from './handed-over';
import { LiveToken } from './live-token';

export interface DecodeProps {
  readonly ceremony: OfficerViewAt<'decode' | 'destroy'>;
  readonly onLook: (step: OfficerStep) => void;
}

/** The result becomes a token, and stays covered until held. */
export function Decode({ ceremony, onLook }: DecodeProps) {
  const { token } = ceremony;
  const [byHand, setByHand] = useState(false);
  const handoff = token?.handoff ?? null;
  if (handoff !== null && !byHand)
    return <HandedOver ceremony={ceremony} handoff={handoff} onByHand={() => setByHand(true)} />;
  return token?.held === true ? (
    <LiveToken ceremony={ceremony} token={token} />
  ) : (
    <DecodeForm ceremony={ceremony} onLook={onLook} />
  );
}
