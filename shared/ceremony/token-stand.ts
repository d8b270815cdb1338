import type { OfficerStep } from './officer';

/**
 * As much of a ceremony as tells whether a further result would be taken. The screens' view of one has it,
 * too.
 */
type TokenStand =
  | {
      readonly step: 'decode';
      readonly token: { readonly caution: string | null; readonly revocationReported: boolean } | null;
    }
  | { readonly step: Exclude<OfficerStep, 'decode'> };

/**
 * Whether a further result would be taken. Of a token that is decoded and known to be right none is needed.
 * Of one that nothing could check (UUID era) a better copy may still come.
 */
export function takesAnotherResult(state: TokenStand): boolean {
  if (state.step !== 'decode') return state.step === 'start' || state.step === 'result';
  return state.token === null || (state.token.caution !== null && !state.token.revocationReported);
}
