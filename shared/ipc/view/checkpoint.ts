import { z } from 'zod';
import { outgoingView } from './outgoing';

/** A transcript's head that someone asks this person to sign. */
export const checkpointView = z.object({
  digest: z.string(),
  words: z.string(),
  text: z.string(),
  from: z.string(),
  outgoing: outgoingView.nullable(),
});
export type CheckpointView = z.infer<typeof checkpointView>;
