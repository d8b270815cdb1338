import type { CeremonyErrorCode } from '../../../shared/ceremony/ceremony-error';
import type { PlanDraft } from '../../../shared/ceremony/plan';

/** Why the plan was not taken, as main named it. */
export interface Refused {
  readonly code: string;
  readonly message: string;
}

const ofRoster: readonly CeremonyErrorCode[] = ['quorum-too-small', 'no-operator'];
const ofFields: CeremonyErrorCode = 'plan-incomplete';

const isOfRoster = ({ code }: Refused): boolean => ofRoster.some((known) => known === code);

/** Whether the plan says it where it lacks something, rather than at its end. */
export const isSaidAtItsPlace = (refused: Refused): boolean =>
  refused.code === ofFields || isOfRoster(refused);

/** What the roster lacks, or null. */
export const rosterProblem = (refused: Refused | null): string | null =>
  refused !== null && isOfRoster(refused) ? refused.message : null;

/** What to say at each field that is still empty: the whole sentence at the first of them. */
export function wrongFields(
  refused: Refused | null,
  { title, purpose }: PlanDraft,
): { readonly title: string | null; readonly purpose: string | null } {
  if (refused?.code !== ofFields) return { title: null, purpose: null };
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
