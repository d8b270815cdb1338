import type { CustodianStep } from '../../shared/ceremony/custodian';
import type { OfficerStep } from '../../shared/ceremony/officer';
import type { AppState } from '../../shared/ipc/offline/app-state';
import type { SentView } from '../../shared/ipc/offline/officer';
import type { Role } from '../../shared/message/body';
import { type ExplainedStep, type StepName, signOffStep, witnessAtHomeSteps } from '../parts/names';

/** What opens the token, in the middle of a sentence. */
export const secretName = (secret: SentView['secret']): string =>
  secret.kind === 'otp' ? 'one-time password' : 'key';

/** An officer's steps on the rail. The attempt and the result are two codes, taken at two times. */
export type OfficerRailStep = OfficerStep | 'attempt';

/** Where an officer's ceremony stands on the rail. `attemptKnown`: its code was taken in here. */
export const officerRailStep = (step: OfficerStep, attemptKnown: boolean): OfficerRailStep =>
  step === 'result' && !attemptKnown ? 'attempt' : step;

export const officerSteps = (method: 'pgp' | 'otp'): readonly ExplainedStep<OfficerRailStep>[] => [
  { step: 'plan', name: 'Plan', what: 'Says why a root token is needed, for what, and who takes part.' },
  {
    step: 'key',
    name: method === 'otp' ? 'Make the OTP' : 'Make the key',
    what: 'Only this key, or the OTP in its place, can open the token later.',
  },
  {
    step: 'start',
    name: 'Send the start',
    what: 'The online station takes the plan, and opens the attempt by it.',
  },
  {
    step: 'attempt',
    name: 'Take the attempt',
    what: 'Brings the words that every custodian compares with you.',
  },
  {
    step: 'result',
    name: 'Take the result',
    what: 'Brings the token, still closed, once the last share is in.',
  },
  {
    step: 'decode',
    name: 'Decode',
    what: 'Opens the token. From here until it is revoked, everyone watches.',
  },
  {
    step: 'destroy',
    name: method === 'otp' ? 'Destroy the OTP' : 'Destroy the key',
    what: 'Nothing that could open the token is left on this laptop.',
  },
  signOffStep,
];

/**
 * A custodian's steps as the rail shows them: the attempt is taken first, and a released share keeps its
 * step.
 */
export type CustodianRailStep = 'take' | Exclude<CustodianStep, 'stopped' | 'released'>;

/** Where a custodian's ceremony stands on the rail. */
export function custodianRailStep(step: CustodianStep | 'take'): CustodianRailStep {
  if (step === 'stopped') return 'check';
  return step === 'released' ? 'release' : step;
}

export const custodianSteps: readonly ExplainedStep<CustodianRailStep>[] = [
  { step: 'take', name: 'Take the attempt', what: 'Brings what your share is asked for.' },
  {
    step: 'check',
    name: 'Check it',
    what: 'You compare it with what was agreed. Nothing was given yet.',
  },
  { step: 'share', name: 'Enter your share', what: 'It is checked on this laptop, and goes nowhere.' },
  {
    step: 'release',
    name: 'Release it',
    what: 'It is closed to one station, for one attempt, and shown as a code.',
  },
  signOffStep,
];

/** The steps of whoever works at this laptop. At home the rail shows them for a ceremony to come. */
export const stepsOf: Record<Role, readonly ExplainedStep<string>[]> = {
  officer: officerSteps('pgp'),
  custodian: custodianSteps,
  witness: witnessAtHomeSteps,
  operator: witnessAtHomeSteps,
  archivist: witnessAtHomeSteps,
};

export function stepName(ceremony: AppState['ceremonies'][number]): string {
  if (ceremony.signedOff) return 'Signed off';
  if (ceremony.step === 'stopped') return 'Stopped';
  const steps: readonly StepName<string>[] =
    ceremony.role === 'officer' ? officerSteps('pgp') : custodianSteps;
  const at = ceremony.step === 'released' ? 'release' : ceremony.step;
  return steps.find(({ step }) => step === at)?.name ?? ceremony.step;
}
