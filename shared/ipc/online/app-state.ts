import { z } from 'zod';
import { adviceSchema } from '../../ceremony/preflight';
import { methodSchema, shareKindSchema, tokenKindSchema } from '../../message/body';
import { commonShape } from '../common-state';
import { ceremonyCommon } from '../view/ceremony';
import { outgoingView } from '../view/outgoing';
import { taskView } from '../view/task';
import { handedView } from './handed';
import { sweepView } from './sweep';

/** How the server is reached, as far as a screen shows it: no token, and no key. */
const settings = z.object({
  address: z.string(),
  namespace: z.string(),
  serverName: z.string(),
  pin: z.string(),
  /** Whether a CA, a client certificate and a token are set, by the environment or by hand. */
  ca: z.boolean(),
  clientCert: z.boolean(),
  token: z.boolean(),
});

/** What the server said when it was asked last. */
const facts = z.object({
  address: z.string(),
  version: z.string(),
  clusterName: z.string(),
  clusterId: z.string(),
  /** Left out: the whole server. */
  namespace: z.string().optional(),
  /** Left out where it is not known. */
  shareKind: shareKindSchema.optional(),
  standby: z.boolean(),
  threshold: z.int(),
  shares: z.int(),
  otpLength: z.int(),
  /** ISO time by the server's own clock. */
  serverTime: z.string(),
  dialect: z.string(),
  /** What it makes, by the mode that it runs in. */
  tokenKind: tokenKindSchema,
  tokenNeeded: z.boolean(),
  /** The attempt that is open there, whoever began it. */
  attempt: z
    .object({ words: z.string(), nonce: z.string(), progress: z.int(), required: z.int() })
    .nullable(),
});
export type FactsView = z.infer<typeof facts>;

const serverView = z.object({
  settings,
  /** Null before the server was asked. */
  facts: facts.nullable(),
  /** ISO time by this station's clock, of the last answer. */
  askedAt: z.string().nullable(),
  /** Why the server couldn't be asked, the last time; a sentence. */
  problem: z.string().nullable(),
});
export type ServerView = z.infer<typeof serverView>;

/** Whose share goes where, and what became of it at this station. */
const giver = z.object({
  name: z.string(),
  /** Label or name of the station that the plan gives them; null for a reserve. */
  givesTo: z.string().nullable(),
  here: z.boolean(),
  shares: z.int(),
  /** How many of them count on the server by now, of those that were given here. */
  accepted: z.int(),
  fate: z.enum(['awaited', 'accepted', 'refused', 'unknown', 'elsewhere', 'reserve']),
  /** ISO time; '' where nothing has happened. */
  at: z.string(),
  /** Why it was refused. */
  why: z.string(),
});
export type GiverView = z.infer<typeof giver>;

const plan = {
  purpose: z.string(),
  ticket: z.string(),
  tasks: z.array(taskView),
  method: methodSchema,
  tokenKind: tokenKindSchema,
  /** How long the token may be in somebody's hands. */
  tokenMinutes: z.int(),
  officer: z.string(),
  server: z.string(),
  cluster: z.string(),
  namespace: z.string().optional(),
  shareKind: shareKindSchema.optional(),
  required: z.int(),
  givers: z.array(giver),
  /** What somebody alone could do by this plan, as sentences. */
  warnings: z.array(z.string()),
};

/** A start or an attempt that was read, and of which nothing was sent yet. */
const proposal = z.object({
  kind: z.enum(['start', 'attempt']),
  title: z.string(),
  words: z.string(),
  rehearsal: z.boolean(),
  ...plan,
  /** What there is to know of the server before the start; [] where it could not be asked. */
  advice: z.array(adviceSchema),
});
export type ProposalView = z.infer<typeof proposal>;

const operatorCeremony = z.object({
  ...ceremonyCommon,
  ...plan,
  step: z.enum(['starting', 'open', 'finished', 'cancelled', 'lost']),
  nonce: z.string(),
  progress: z.int(),
  /** How many shares this station has opened in the clear. */
  sharesSeenHere: z.int(),
  /** The attempt message, while shares can be sealed to its key. */
  attempt: outgoingView.nullable(),
  result: outgoingView.nullable(),
  /** What is wrong with the attempt on the server, as it was seen last; null where nothing is. */
  alarm: z
    .object({
      kind: z.enum(['gone', 'replaced', 'silent']),
      /** One short sentence, for above every step: a small window has room for no more. */
      headline: z.string(),
      text: z.string(),
    })
    .nullable(),
  /** The proof that the token is dead; null before. */
  revoked: z.string().nullable(),
  /** The token that was handed over to this station; null where none was. */
  handed: handedView.nullable(),
});
export type OperatorView = z.infer<typeof operatorCeremony>;

const ceremonySummary = z.object({
  id: z.string(),
  words: z.string(),
  title: z.string(),
  step: z.enum(['starting', 'open', 'finished', 'cancelled', 'lost', 'unreadable']),
  rehearsal: z.boolean(),
  signedOff: z.boolean(),
  updatedAt: z.string(),
});
export type CeremonySummary = z.infer<typeof ceremonySummary>;

const rehearsal = z.object({
  address: z.string(),
  threshold: z.int(),
  /** Hex. They are of a server in this program's memory, and protect nothing: no secrets. */
  shares: z.array(z.string()),
});
export type RehearsalView = z.infer<typeof rehearsal>;

/** Everything the window of the online station shows. It never holds a secret. */
export const onlineState = z.object({
  ...commonShape,
  server: serverView,
  /** The server of this program's own, where that is the one that the station talks to. */
  rehearsal: rehearsal.nullable(),
  /** This station's own code for the officer's laptop, once it was made. */
  introduction: outgoingView.nullable(),
  proposal: proposal.nullable(),
  ceremonies: z.array(ceremonySummary),
  ceremony: operatorCeremony.nullable(),
  /** The last sweep of the server's tokens; null before there is one. */
  sweep: sweepView.nullable(),
});
export type OnlineState = z.infer<typeof onlineState>;
