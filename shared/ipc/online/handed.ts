import { z } from 'zod';
import { outgoingView } from '../view/outgoing';
import { taskView } from '../view/task';

const stand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('cut-off') }),
  z.object({ kind: z.literal('done'), said: z.string(), brought: z.string().nullable() }),
  z.object({ kind: z.literal('failed'), reason: z.string(), left: z.boolean() }),
  z.object({ kind: z.literal('unknown'), reason: z.string(), left: z.boolean() }),
  z.object({ kind: z.literal('by-hand') }),
]);
export type StandView = z.infer<typeof stand>;

const next = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open') }),
  z.object({ kind: z.literal('run'), task: z.int() }),
  z.object({
    kind: z.literal('ask'),
    task: z.int(),
    why: z.enum(['by-hand', 'failed', 'unknown', 'cut-off']),
  }),
  z.object({ kind: z.literal('revoke') }),
  z.object({ kind: z.literal('outcome') }),
  z.object({ kind: z.literal('over') }),
]);

/** A token that the officer handed over to this station: never the token. */
export const handedView = z.object({
  /** Null before the server was asked about it. */
  accessor: z.string().nullable(),
  /** Why it isn't the token of the plan; '' where it is. */
  differs: z.string(),
  tasks: z.array(z.object({ shown: taskView, stand, safeAgain: z.boolean() })),
  next,
  /** A limited token may live on that nobody holds: the server is to be swept. */
  mayHaveStrays: z.boolean(),
  proof: z.string().nullable(),
  /** What became of it, for the officer and everyone who signs; null before the token is dead. */
  outcome: outgoingView.nullable(),
});
export type HandedView = z.infer<typeof handedView>;

/** How an operator goes on with it (main/online/task/work.ts). */
export const handedChoice = z.enum(['run', 'again', 'go-on', 'revoke']);
