import type { OfficerView } from '../../../shared/ipc/app-state';

/** Whether a further result would be taken: of a token that is decoded and known to be right, none is. */
export function takesAnotherResult({ step, token }: Pick<OfficerView, 'step' | 'token'>): boolean {
  if (step !== 'decode') return step === 'start' || step === 'result';
  return token === null || (token.caution !== null && !token.revocationReported);
}
