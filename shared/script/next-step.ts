/** How far a step is. */
interface Standing {
  readonly state: 'open' | 'as-expected' | 'deviation';
  /** Airlock does it. */
  readonly isOwn: boolean;
  /** What Airlock did of it so far; null: nothing. */
  readonly done: string | null;
}

/**
 * The first step that people can carry out now, of all steps in their order: what Airlock does itself waits
 * for its turn. Where only such are left, the first of them; undefined where every step is on record.
 */
export const nextStep = <S extends Standing>(steps: readonly S[]): S | undefined =>
  steps.find(({ state, isOwn, done }) => state === 'open' && !(isOwn && done === null)) ??
  steps.find(({ state }) => state === 'open');
