import { z } from 'zod';
import { custodianStep } from '../../ceremony/custodian';
import { methodSchema, tokenKindSchema } from '../../message/body';
import { ceremonyCommon, serverView } from '../view/ceremony';
import { outgoingView } from '../view/outgoing';
import { personView } from '../view/person';
import { taskView } from '../view/task';

const taken = {
  ...ceremonyCommon,
  role: z.literal('custodian'),
  askedBy: personView,
  purpose: z.string(),
  ticket: z.string(),
  tasks: z.array(taskView),
  method: methodSchema,
  tokenKind: tokenKindSchema,
  /** How long the token may be in somebody's hands, by the plan. */
  tokenMinutes: z.int(),
  server: serverView,
  station: z.string(),
  nonce: z.string(),
  attemptWords: z.string(),
  startWords: z.string(),
  required: z.int(),
  progress: z.int(),
  /** Fingerprint of the PGP key the token will be encrypted to, in groups of four; null with an OTP. */
  resultKey: z.string().nullable(),
  /** Facts this laptop has checked, as sentences. */
  checks: z.array(z.object({ ok: z.boolean(), text: z.string() })),
  /** The sealed share message, once released and not withdrawn. */
  outgoing: outgoingView.nullable(),
  /** Whether a share message that was released counts still: carried to its station, or to be withdrawn. */
  shareStands: z.boolean(),
  /** What became of the token, once its outcome was taken in. */
  outcome: z
    .object({
      station: z.string(),
      /** Who signed it, as this laptop knows them: a station can call itself anything. */
      operator: z.string(),
      /** The officer's signed handoff names their station. Not so where an earlier version took it in. */
      vouched: z.boolean(),
      proof: z.string(),
      tasks: z.array(z.string()),
      /** Its digest, where a task has brought something back for this custodian, which only they can open. */
      brought: z.string().nullable(),
    })
    .nullable(),
};

/** A custodian's ceremony as its screens show it: one shape for each step (shared/ceremony/custodian.ts). */
export const custodianView = z.discriminatedUnion('step', [
  z.object({ ...taken, step: custodianStep.exclude(['release']) }),
  z.object({
    ...taken,
    step: z.literal('release'),
    /** What is known of the entered share: never the share. */
    share: z.object({ length: z.int(), x: z.int(), seenBefore: z.enum(['first', 'matches']) }),
  }),
]);
export type CustodianView = z.infer<typeof custodianView>;
