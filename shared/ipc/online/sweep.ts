import { z } from 'zod';

/** A root token that a sweep found. An accessor is no secret. */
const sweptToken = z.object({
  accessor: z.string(),
  /** ISO time by the server's clock; null where it doesn't say. */
  createdAt: z.string().nullable(),
  path: z.string(),
  /** Seconds left; 0: it never ends by itself. */
  ttl: z.number(),
  /** It is the one that the server was asked with. */
  own: z.boolean(),
  /** What this home's transcripts tell of it. `words`: the ceremony's; null for the journal of the home. */
  account: z.object({ by: z.enum(['accessor', 'answer', 'lost']), words: z.string().nullable() }).nullable(),
  /** 'gone': it had ended, or somebody else revoked it, before it was to be revoked here. */
  fate: z.enum(['alive', 'revoked', 'gone']),
  /** How it was seen that it is dead; '' before. */
  proof: z.string(),
});
export type SweptTokenView = z.infer<typeof sweptToken>;

/** A sweep of the server's tokens: under way, done, or ended before it had looked at all. */
export const sweepView = z.object({
  phase: z.enum(['running', 'done', 'stopped']),
  asked: z.int(),
  listed: z.int(),
  /** Whether the server has named all accessors. */
  listedAll: z.boolean(),
  gone: z.int(),
  unreadable: z.int(),
  /** How many root tokens were found up to now. */
  found: z.int(),
  /** '' for the server's own tokens. */
  namespace: z.string(),
  /** How many journals of this home are damaged, and account for nothing. */
  damaged: z.int(),
  /** Once it is done. */
  roots: z.array(sweptToken),
  /** Limited tokens that a plan's task may have made, and whose answer was lost. */
  strays: z.array(
    sweptToken
      .pick({ accessor: true, createdAt: true, path: true, ttl: true, fate: true, proof: true })
      .extend({
        displayName: z.string(),
        /** Words of the ceremony, and the task of its plan, from 1. */
        words: z.string(),
        task: z.int(),
      }),
  ),
  /** Words of the ceremony in whose transcript it stands; null: in the home's journal. */
  onRecord: z.string().nullable(),
  /** Why it ended early; a sentence. */
  problem: z.string().nullable(),
});
export type StrayTokenView = SweepView['strays'][number];
export type SweepView = z.infer<typeof sweepView>;
