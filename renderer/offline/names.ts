import type { CustodianStep } from '../../shared/ceremony/custodian';
import type { OfficerStep } from '../../shared/ceremony/officer';
import type { AppState } from '../../shared/ipc/app-state';
import type { SentView } from '../../shared/ipc/view/officer';
import type { Role } from '../../shared/message/body';

/** Names of things on screen, in one place: one word for one thing. */
export const roleName: Record<Role, string> = {
  officer: 'Officer',
  custodian: 'Custodian',
  operator: 'Operator',
  witness: 'Witness',
};

export interface StepName<S extends string> {
  readonly step: S;
  readonly name: string;
}

/** What opens the token, in the middle of a sentence. */
export const secretName = (secret: SentView['secret']): string =>
  secret.kind === 'otp' ? 'one-time password' : 'key';

export const officerSteps = (method: 'pgp' | 'otp'): readonly StepName<OfficerStep>[] => [
  { step: 'plan', name: 'Plan' },
  { step: 'key', name: method === 'otp' ? 'Make the OTP' : 'Make the key' },
  { step: 'start', name: 'Send the start' },
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

export const witnessSteps: readonly StepName<string>[] = [
  { step: 'take', name: 'Take a checkpoint' },
  { step: 'sign', name: 'Compare and sign' },
  { step: 'show', name: 'Show the signature' },
];

export function stepName(ceremony: AppState['ceremonies'][number]): string {
  if (ceremony.step === 'stopped') return 'Stopped';
  const steps: readonly StepName<string>[] =
    ceremony.role === 'officer' ? officerSteps('pgp') : custodianSteps;
  const at = ceremony.step === 'released' ? 'release' : ceremony.step;
  return steps.find(({ step }) => step === at)?.name ?? ceremony.step;
}

/** "09:14", by this laptop's clock. */
export function timeOf(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? ''
    : date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** "22 Nov 2026, 09:14" */
export function dayOf(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  return `${day}, ${timeOf(iso)}`;
}
