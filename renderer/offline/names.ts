import type { CustodianStep } from '../../shared/ceremony/custodian';
import type { OfficerStep } from '../../shared/ceremony/officer';
import type { AppState } from '../../shared/ipc/offline/app-state';
import type { SentView } from '../../shared/ipc/offline/officer';
import type { Role } from '../../shared/message/body';
import type { StepName } from '../parts/names';

/** Who works at an air-gapped laptop, to choose from at its first start. */
export const offlineRoles = [
  { value: 'officer', name: 'Officer', hint: 'Plans the ceremony, makes the key, decodes the token.' },
  { value: 'custodian', name: 'Custodian', hint: 'Holds one key share and releases it for one attempt.' },
  { value: 'witness', name: 'Witness', hint: 'Watches, and signs the transcript.' },
] as const satisfies readonly { value: Role; name: string; hint: string }[];

/** What opens the token, in the middle of a sentence. */
export const secretName = (secret: SentView['secret']): string =>
  secret.kind === 'otp' ? 'one-time password' : 'key';

/** An officer's steps on the rail. The attempt and the result are two codes, taken at two times. */
export type OfficerRailStep = OfficerStep | 'attempt';

/** Where an officer's ceremony stands on the rail. `attemptKnown`: its code was taken in here. */
export const officerRailStep = (step: OfficerStep, attemptKnown: boolean): OfficerRailStep =>
  step === 'result' && !attemptKnown ? 'attempt' : step;

export const officerSteps = (method: 'pgp' | 'otp'): readonly StepName<OfficerRailStep>[] => [
  { step: 'plan', name: 'Plan' },
  { step: 'key', name: method === 'otp' ? 'Make the OTP' : 'Make the key' },
  { step: 'start', name: 'Send the start' },
  { step: 'attempt', name: 'Take the attempt' },
  { step: 'result', name: 'Take the result' },
  { step: 'decode', name: 'Decode' },
  { step: 'destroy', name: method === 'otp' ? 'Destroy the OTP' : 'Destroy the key' },
  { step: 'sign-off', name: 'Sign off' },
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

export const custodianSteps: readonly StepName<CustodianRailStep>[] = [
  { step: 'take', name: 'Take the attempt' },
  { step: 'check', name: 'Check it' },
  { step: 'share', name: 'Enter your share' },
  { step: 'release', name: 'Release it' },
  { step: 'sign-off', name: 'Sign off' },
];

export function stepName(ceremony: AppState['ceremonies'][number]): string {
  if (ceremony.signedOff) return 'Signed off';
  if (ceremony.step === 'stopped') return 'Stopped';
  const steps: readonly StepName<string>[] =
    ceremony.role === 'officer' ? officerSteps('pgp') : custodianSteps;
  const at = ceremony.step === 'released' ? 'release' : ceremony.step;
  return steps.find(({ step }) => step === at)?.name ?? ceremony.step;
}
