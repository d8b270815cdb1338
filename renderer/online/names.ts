import type { CeremonySummary, OnlineState, OperatorView } from '../../shared/ipc/online/app-state';
import { type ExplainedStep, signOffStep } from '../parts/names';

/** An operator's steps as the rail shows them. */
export type OperatorStep = 'server' | 'introduce' | 'begin' | 'collect' | 'result' | 'token' | 'sign-off';

export const operatorSteps: readonly ExplainedStep<OperatorStep>[] = [
  { step: 'server', name: 'Server', what: 'The one address that this station opens connections to.' },
  {
    step: 'introduce',
    name: 'Introduce',
    what: 'The officer’s laptop learns of the server, and of this station.',
  },
  {
    step: 'begin',
    name: 'Start or join',
    what: 'Takes the officer’s plan, and opens the attempt on the server.',
  },
  {
    step: 'collect',
    name: 'Collect shares',
    what: 'Each custodian’s share goes to the server as it comes in.',
  },
  {
    step: 'result',
    name: 'Result',
    what: 'The server’s last answer, for the officer’s laptop. It comes once.',
  },
  {
    step: 'token',
    name: 'Token',
    what: 'The token does the plan’s tasks where it is handed over. It is revoked, and the server is asked whether it is gone.',
  },
  signOffStep,
];

/** Where the operator's work stands on the rail. */
export function stepOf({ server, proposal, ceremony }: OnlineState): OperatorStep {
  if (proposal !== null) return 'begin';
  if (ceremony !== null) return ceremonyStep(ceremony);
  return server.facts === null ? 'server' : 'introduce';
}

function ceremonyStep({ step, revoked, checkpoint, handed }: OperatorView): OperatorStep {
  if (checkpoint !== null) return 'sign-off';
  // Its outcome is shown until the operator says that everyone has it.
  if (handed !== null) return 'token';
  if (revoked !== null) return 'sign-off';
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
