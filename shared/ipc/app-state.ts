import { z } from 'zod';
import { methodSchema, roleSchema } from '../message/body';

/** A person as the screens show them. */
export const personView = z.object({
  name: z.string(),
  role: roleSchema,
  /** Upper-case hex in groups of four, for reading. */
  fingerprint: z.string(),
  /** Six words of the fingerprint, compared by voice. */
  words: z.string(),
});
export type PersonView = z.infer<typeof personView>;

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

export const serverView = z.object({
  address: z.string(),
  version: z.string(),
  clusterId: z.string(),
  clusterName: z.string(),
  threshold: z.int(),
  shares: z.int(),
  otpLength: z.int(),
  /** Label of the online station, or null where its facts were typed in by hand (unsigned crossing). */
  station: z.string().nullable(),
  /** Words of the station message, or null when typed by hand. */
  words: z.string().nullable(),
});
export type ServerView = z.infer<typeof serverView>;

/** The plan as far as the officer has filled it in; kept while they type, also when the app is closed. */
export const planDraft = z.object({
  title: z.string().max(80),
  purpose: z.string().max(300),
  ticket: z.string().max(80),
  method: methodSchema,
  tasks: z.array(z.string().max(120)).max(12),
  /** Fingerprints (hex without spaces) of the people picked; the officer is always of the roster. */
  roster: z.array(z.string()),
  sameStationAllowed: z.boolean(),
  rehearsal: z.boolean(),
});
export type PlanDraft = z.infer<typeof planDraft>;

export const officerStep = z.enum(['plan', 'key', 'start', 'result', 'decode', 'destroy', 'sign-off']);
export type OfficerStep = z.infer<typeof officerStep>;
export const custodianStep = z.enum(['check', 'share', 'release', 'sign-off', 'stopped']);
export type CustodianStep = z.infer<typeof custodianStep>;

/** One line of the ceremony's own journal, put in words. */
export const eventView = z.object({ at: z.string(), text: z.string(), alarm: z.boolean() });

const ceremonyCommon = {
  id: z.string(),
  /** Two words, "copper lantern". */
  words: z.string(),
  title: z.string(),
  rehearsal: z.boolean(),
  events: z.array(eventView),
  /** Set once this station has signed off. */
  checkpoint: z
    .object({ words: z.string(), outgoing: outgoingView, signers: z.array(z.string()) })
    .nullable(),
};

export const officerView = z.object({
  ...ceremonyCommon,
  role: z.literal('officer'),
  step: officerStep,
  draft: planDraft,
  server: serverView.nullable(),
  /** Public key of the ceremony: made or imported; null with an OTP or before it is made. */
  key: z.object({ fingerprint: z.string(), algorithm: z.string(), createdAt: z.string() }).nullable(),
  otp: z.object({ length: z.int() }).nullable(),
  start: outgoingView.nullable(),
  attempt: z
    .object({
      nonce: z.string(),
      words: z.string(),
      progress: z.int(),
      required: z.int(),
      station: z.string(),
    })
    .nullable(),
  result: z
    .object({ nonce: z.string(), words: z.string(), signedBy: z.string().nullable(), takenAt: z.string() })
    .nullable(),
  token: z
    .object({
      kind: z.string(),
      prefix: z.string(),
      length: z.int(),
      /** When this laptop decoded it (ISO); how long it has lived since is for the screen to count. */
      decodedAt: z.string(),
      keyMatches: z.boolean().nullable(),
      /** A sentence to show where the decode proves less than it seems to (UUID era). */
      caution: z.string().nullable(),
      /** Whether main still holds it, so that it can be read. After a restart it has to be decoded again. */
      held: z.boolean(),
      revocationReported: z.boolean(),
    })
    .nullable(),
  destroyedAt: z.string().nullable(),
});
export type OfficerView = z.infer<typeof officerView>;

export const custodianView = z.object({
  ...ceremonyCommon,
  role: z.literal('custodian'),
  step: custodianStep,
  askedBy: personView,
  purpose: z.string(),
  ticket: z.string(),
  tasks: z.array(z.string()),
  method: methodSchema,
  server: serverView,
  station: z.string(),
  nonce: z.string(),
  nonceWords: z.string(),
  startWords: z.string(),
  required: z.int(),
  progress: z.int(),
  /** Fingerprint of the PGP key the token will be encrypted to, in groups of four; null with an OTP. */
  resultKey: z.string().nullable(),
  /** Facts this laptop has checked, as sentences. */
  checks: z.array(z.object({ ok: z.boolean(), text: z.string() })),
  /** What is known of the entered share: never the share. */
  share: z.object({ length: z.int(), x: z.int(), seenBefore: z.enum(['first', 'matches']) }).nullable(),
  /** The sealed share message, once released. */
  outgoing: outgoingView.nullable(),
  /** Whether a share message that was released counts still: carried to its station, or to be withdrawn. */
  shareStands: z.boolean(),
});
export type CustodianView = z.infer<typeof custodianView>;

/** A transcript's head that someone asks this person to sign. */
export const checkpointView = z.object({
  digest: z.string(),
  words: z.string(),
  text: z.string(),
  from: z.string(),
  outgoing: outgoingView.nullable(),
});
export type CheckpointView = z.infer<typeof checkpointView>;

/** Everything the windows of the air-gapped app show. It never holds a secret. */
export const appState = z.object({
  version: z.string(),
  electron: z.string(),
  stationLabel: z.string(),
  offline: z.object({
    ok: z.boolean(),
    /** ISO time of the check. */
    checkedAt: z.string(),
    /** "no network interface is up", or which one is. */
    detail: z.string(),
  }),
  identity: personView.extend({ unlocked: z.boolean(), outgoing: outgoingView.nullable() }).nullable(),
  people: z.array(personView),
  /** Someone's identity that was read and is to be compared by voice before it counts. */
  pendingPerson: personView
    .extend({
      /** What changes of someone known already: "was custodian, now officer"; null for somebody new. */
      change: z.string().nullable(),
    })
    .nullable(),
  ceremonies: z.array(
    z.object({
      id: z.string(),
      words: z.string(),
      title: z.string(),
      /** 'unreadable': its state on disk can't be read here. */
      role: z.enum(['officer', 'custodian', 'unreadable']),
      step: z.string(),
      rehearsal: z.boolean(),
      updatedAt: z.string(),
    }),
  ),
  ceremony: z.discriminatedUnion('role', [officerView, custodianView]).nullable(),
  /** A custodian's shares outside any ceremony: what is known of them, never the shares. */
  custody: z.object({
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
  }),
  toSign: checkpointView.nullable(),
  /** Parts of a moving code read so far, null when none is under way. */
  reading: z.object({ have: z.int(), of: z.int(), seen: z.array(z.boolean()) }).nullable(),
});
export type AppState = z.infer<typeof appState>;
