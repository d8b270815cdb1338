import { z } from 'zod';

/** As much of the flat state (`v: 1`) as has to be looked at. What it becomes is parsed in full. */
const flat = z.looseObject({
  v: z.literal(1),
  step: z.string(),
  share: z.unknown(),
  released: z.array(z.unknown()),
  releasedBefore: z.int(),
});

/**
 * A custodian's ceremony as the version before wrote it to disk: with a share, or null, at every step, and
 * with no step of its own for a share that is released. Its value has the fields that its step has now, and
 * is to be parsed as such.
 */
export const custodianBefore = flat.transform(({ share, ...state }): unknown => {
  if (state.step !== 'release') return { ...state, v: 2 };
  if (state.released.length > state.releasedBefore) return { ...state, v: 2, step: 'released' };
  return share === null ? { ...state, v: 2, step: 'share' } : { ...state, v: 2, share };
});
