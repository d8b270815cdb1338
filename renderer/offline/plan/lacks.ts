import type { PlanDraft } from '../../../shared/ipc/app-state';

/** Why the plan was not taken, as main named it. */
export interface Refused {
  readonly code: string;
  readonly message: string;
}

const ofRoster: readonly string[] = ['quorum-too-small', 'no-operator'];

/** Whether the plan says it where it lacks something, rather than at its end. */
export const isSaidAtItsPlace = ({ code }: Refused): boolean =>
  code === 'plan-incomplete' || ofRoster.includes(code);

/** What the roster lacks, or null. */
export const rosterProblem = (refused: Refused | null): string | null =>
  refused !== null && ofRoster.includes(refused.code) ? refused.message : null;

/** What to say at each field that is still empty: the whole sentence at the first of them. */
export function wrongFields(
  refused: Refused | null,
  { title, purpose }: PlanDraft,
): { readonly title: string | null; readonly purpose: string | null } {
  if (refused?.code !== 'plan-incomplete') return { title: null, purpose: null };
  const noTitle = title.trim() === '';
  return {
    title: noTitle ? refused.message : null,
    purpose: purpose.trim() !== '' ? null : noTitle ? 'This is missing too.' : refused.message,
  };
}

/** Brings the focus, and with it the eye, to what is missing first. */
export function focusWrong(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid=true], [data-wrong] input:not(:checked)')?.focus();
}
