import type { CeremonyErrorCode } from '../../../shared/ceremony/ceremony-error';
import type { PlanDraft } from '../../../shared/ceremony/plan';

/** Why the plan was not taken, as main named it. */
export interface Refused {
  readonly code: string;
  readonly message: string;
}

const ofRoster: readonly CeremonyErrorCode[] = ['quorum-too-small', 'no-operator'];
const ofShares: readonly CeremonyErrorCode[] = ['quorum-too-small', 'quorum-at-one-station', 'no-station'];
const ofFields: CeremonyErrorCode = 'plan-incomplete';

const isOneOf = (codes: readonly CeremonyErrorCode[], { code }: Refused): boolean =>
  codes.some((known) => known === code);

/** Whether the plan says it where it lacks something, rather than at its end. */
export const isSaidAtItsPlace = (refused: Refused): boolean =>
  refused.code === ofFields || isOneOf(ofRoster, refused) || isOneOf(ofShares, refused);

/**
 * What the roster lacks, and what is wrong with where its shares go; null where nothing is. `enough`: the
 * custodians picked hold a quorum, so that one that is too small lacks stations and no people.
 */
export function rosterProblems(
  refused: Refused | null,
  enough: boolean,
): { readonly roster: string | null; readonly shares: string | null } {
  if (refused === null) return { roster: null, shares: null };
  const isOfShares = isOneOf(ofShares, refused) && (enough || !isOneOf(['quorum-too-small'], refused));
  return {
    roster: isOneOf(ofRoster, refused) && !isOfShares ? refused.message : null,
    shares: isOfShares ? refused.message : null,
  };
}

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
  form
    ?.querySelector<HTMLElement>('[aria-invalid=true], [data-wrong] input:not(:checked), [data-wrong] select')
    ?.focus();
}
