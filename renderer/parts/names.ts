import { dayName } from '../../shared/ceremony/shown-names';
import type { Role } from '../../shared/message/body';

/** Names of things on screen, in one place: one word for one thing. */
export const roleName: Record<Role, string> = {
  officer: 'Officer',
  custodian: 'Custodian',
  operator: 'Operator',
  witness: 'Witness',
  archivist: 'Archivist',
};

export interface StepName<S extends string> {
  readonly step: S;
  readonly name: string;
}

/** A step with what it is for, which Help says. */
export interface ExplainedStep<S extends string> extends StepName<S> {
  readonly what: string;
}

/** The last step of everyone in a ceremony. */
export const signOffStep: ExplainedStep<'sign-off'> = {
  step: 'sign-off',
  name: 'Sign off',
  what: 'Closes the transcript, so that no line of it changes unnoticed.',
};

export const witnessSteps: readonly ExplainedStep<string>[] = [
  {
    step: 'take',
    name: 'Take a checkpoint',
    what: 'Brings the last line of a transcript that somebody closed.',
  },
  {
    step: 'sign',
    name: 'Compare and sign',
    what: 'You vouch that this is how it was, as far as you saw.',
  },
  {
    step: 'show',
    name: 'Show the signature',
    what: 'Their station keeps it beside the transcript.',
  },
];

/** A witness's ceremony from its beginning: what comes before the checkpoints may be left out. */
export const witnessAtHomeSteps: readonly ExplainedStep<string>[] = [
  {
    step: 'follow',
    name: 'Follow the stations',
    what: 'At any time a station shows you its journal. You read what is new, and sign up to there.',
  },
  ...witnessSteps,
];

/** What a station and a witness do in the middle of a ceremony. */
export const showingSteps: readonly ExplainedStep<string>[] = [
  {
    step: 'show',
    name: 'Show your journal',
    what: 'A witness reads every line so far. Nothing is closed by it.',
  },
  {
    step: 'keep',
    name: 'Keep what they sign',
    what: 'It goes into your journal, and later holds you to the lines that they saw.',
  },
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
