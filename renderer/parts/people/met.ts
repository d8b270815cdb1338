import { create } from 'zustand';

/**
 * What became of the identity that was compared last, in a sentence, and in which ceremony (null: at home).
 */
export interface Met {
  readonly text: string;
  readonly ok: boolean;
  readonly ceremony: string | null;
}

export const useMet = create<{ readonly met: Met | null }>(() => ({ met: null }));

export const setMet = (met: Met | null): void => useMet.setState({ met });
