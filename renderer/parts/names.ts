import { dayName } from '../../shared/ceremony/shown-names';
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

export const witnessSteps: readonly StepName<string>[] = [
  { step: 'take', name: 'Take a checkpoint' },
  { step: 'sign', name: 'Compare and sign' },
  { step: 'show', name: 'Show the signature' },
];

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
  return `${dayName(iso)}, ${timeOf(iso)}`;
}
