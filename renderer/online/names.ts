import type { CeremonySummary, OnlineState, OperatorView } from '../../shared/ipc/online/app-state';
import type { StepName } from '../parts/names';

/** An operator's steps as the rail shows them. */
export type OperatorStep = 'server' | 'introduce' | 'begin' | 'collect' | 'result' | 'token' | 'sign-off';

export const operatorSteps: readonly StepName<OperatorStep>[] = [
  { step: 'server', name: 'Server' },
  { step: 'introduce', name: 'Introduce' },
  { step: 'begin', name: 'Start or join' },
  { step: 'collect', name: 'Collect shares' },
  { step: 'result', name: 'Result' },
  { step: 'token', name: 'Token' },
  { step: 'sign-off', name: 'Sign off' },
];

/** Where the operator's work stands on the rail. */
export function stepOf({ server, proposal, ceremony }: OnlineState): OperatorStep {
  if (proposal !== null) return 'begin';
  if (ceremony !== null) return ceremonyStep(ceremony);
  return server.facts === null ? 'server' : 'introduce';
}

function ceremonyStep({ step, revoked, checkpoint }: OperatorView): OperatorStep {
  if (checkpoint !== null || revoked !== null) return 'sign-off';
  return step === 'finished' ? 'result' : 'collect';
}

/** How a ceremony stands, in a list. */
export const standing: Record<CeremonySummary['step'], string> = {
  starting: 'the start was cut off',
  open: 'shares are being collected',
  finished: 'the result is here',
  cancelled: 'cancelled, or gone from the server',
  lost: 'the last answer was lost',
  unreadable: 'can’t be opened here: its state on this disk is damaged, or is a laptop’s',
};
