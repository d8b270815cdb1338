import { z } from 'zod';
import { shareKindSchema, tokenKindSchema } from '../../message/body';
import { outgoingView } from './outgoing';

export const serverView = z.object({
  address: z.string(),
  version: z.string(),
  clusterId: z.string(),
  clusterName: z.string(),
  /** Left out: the whole server. */
  namespace: z.string().optional(),
  /** Left out where it is not known. */
  shareKind: shareKindSchema.optional(),
  /** What the server makes; left out: a root token, or typed in by hand. */
  tokenKind: tokenKindSchema.optional(),
  threshold: z.int(),
  shares: z.int(),
  otpLength: z.int(),
  /** Label of the online station, or null where its facts were typed in by hand (unsigned crossing). */
  station: z.string().nullable(),
  /** Words of the station message, or null when typed by hand. */
  words: z.string().nullable(),
});
export type ServerView = z.infer<typeof serverView>;

/** What is shown of every ceremony, whoever takes part in it and wherever it stands. */
export const ceremonyCommon = {
  id: z.string(),
  /** Two words, "copper lantern". */
  words: z.string(),
  title: z.string(),
  rehearsal: z.boolean(),
  /** Four words of the attempt's nonce; null while none is known. */
  attemptWords: z.string().nullable(),
  /** The ceremony's own journal, each line of it put in words. */
  events: z.array(z.object({ at: z.string(), text: z.string(), alarm: z.boolean() })),
  /** The journal so far as a code for a witness, once it was asked for. */
  live: outgoingView.nullable(),
  /** Set once this station has signed off. */
  checkpoint: z
    .object({
      words: z.string(),
      outgoing: outgoingView,
      signers: z.array(z.string()),
      /** The whole journal as a code, once it was asked for. */
      log: outgoingView.nullable(),
    })
    .nullable(),
};
