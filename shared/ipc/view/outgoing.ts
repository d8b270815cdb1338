import { z } from 'zod';

/** A message on its way out of this laptop. Its QR texts come from `outgoing.parts`. */
export const outgoingView = z.object({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  /** Four words of the message's digest: both sides see the same. */
  words: z.string(),
  bytes: z.int(),
  /** 1: one still code. More: an animated code of so many plain parts, then fountain parts without end. */
  partCount: z.int(),
});
export type OutgoingView = z.infer<typeof outgoingView>;
