import { z } from 'zod';
import { outgoingView } from './outgoing';

/** Other stations' journals of one ceremony, as a witness has seen them so far. */
export const followedView = z.object({
  /** Of the ceremony. */
  id: z.string(),
  words: z.string(),
  rehearsal: z.boolean(),
  stations: z.array(
    z.object({
      /** Upper-case hex fingerprint of the person at it. */
      of: z.string(),
      label: z.string(),
      from: z.string(),
      lines: z.int(),
      seenAt: z.string(),
      /** How many lines were known before the last code: those after them are new. */
      before: z.int(),
      /** Up to which line this person has signed; 0 where they haven't. */
      signed: z.int(),
      /** Whether it was taken in as it was closed. */
      closed: z.boolean(),
      /** Words of the code that brought it, as the other station shows them. */
      words: z.string(),
      /** Its newest lines in words, oldest first. */
      events: z.array(z.object({ n: z.int(), at: z.string(), text: z.string(), alarm: z.boolean() })),
      deviations: z.array(z.object({ at: z.string(), line: z.int(), text: z.string() })),
      /** What was signed, on its way to the stations. */
      statement: outgoingView.nullable(),
    }),
  ),
});
export type FollowedView = z.infer<typeof followedView>;
