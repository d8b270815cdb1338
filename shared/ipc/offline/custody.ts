import { z } from 'zod';

/** A custodian's shares outside any ceremony: what is known of them, never the shares. */
export const custodyView = z.object({
  /** Servers for which a share was entered here before. */
  records: z.array(z.object({ cluster: z.string(), firstEntered: z.string() })),
  /** The share that main holds in memory for now. */
  held: z
    .object({
      cluster: z.string(),
      length: z.int(),
      x: z.int(),
      seenBefore: z.enum(['first', 'matches']),
      firstEntered: z.string(),
    })
    .nullable(),
});
export type CustodyView = z.infer<typeof custodyView>;
