import { z } from 'zod';
import type { OfficerStep } from '../../ceremony/officer';
import { participantState } from '../../ceremony/participant';
import { planDraft } from '../../ceremony/plan';
import { ceremonyCommon, serverView } from '../view/ceremony';
import { outgoingView } from '../view/outgoing';
import { scriptView } from './script';

const begun = {
  ...ceremonyCommon,
  role: z.literal('officer'),
  draft: planDraft,
  /** Digest of the outcome in which a task has brought something back for the officer; null: nothing. */
  brought: z.string().nullable(),
  /** Null: the ceremony goes by none. */
  script: scriptView.nullable(),
};
const agreed = { ...begun, server: serverView };

const attemptView = z.object({
  nonce: z.string(),
  words: z.string(),
  progress: z.int(),
  required: z.int(),
  station: z.string(),
});

const stepIn = z.object({ reserve: z.string(), insteadOf: z.string(), givesTo: z.string() });

const sent = {
  ...agreed,
  /** What opens the token: a PGP key, made or imported, or a one-time password. Never the secret itself. */
  secret: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('pgp'),
      fingerprint: z.string(),
      algorithm: z.string(),
      createdAt: z.string(),
    }),
    z.object({ kind: z.literal('otp'), length: z.int() }),
  ]),
  start: outgoingView,
  attempt: attemptView.nullable(),
  /** Everyone of the plan, and where custodians give: fingerprints are hex without spaces. */
  roster: z.array(participantState),
  /** The newest amendment of the plan, as it goes to the stations. */
  amendment: z.object({ number: z.int(), steps: z.array(stepIn), outgoing: outgoingView }).nullable(),
};

const resultView = z.object({
  nonce: z.string(),
  /** Words of its nonce; null where the result came without one. */
  words: z.string().nullable(),
  /** Who signed it; null: it came unsigned, from the plain command line. */
  signedBy: z.string().nullable(),
  takenAt: z.string(),
  /**
   * The station that the token can be handed over to; null where its result names no key of one. `label` is
   * what it calls itself, `operator` whose it is, by the name that this laptop knows them by.
   */
  station: z.object({ label: z.string(), operator: z.string(), expiresAt: z.string() }).nullable(),
});

const tokenView = z.object({
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
  /** The token sealed to a station, as it goes out. */
  handoff: z.object({ station: z.string(), operator: z.string(), outgoing: outgoingView }).nullable(),
  /** What the station proved. */
  outcome: z.object({ station: z.string(), accessor: z.string(), proof: z.string() }).nullable(),
});

/** The officer's ceremony as its screens show it: one shape for each step (shared/ceremony/officer.ts). */
export const officerView = z.discriminatedUnion('step', [
  z.object({ ...begun, step: z.literal('plan'), server: serverView.nullable() }),
  z.object({ ...agreed, step: z.literal('key') }),
  z.object({ ...sent, step: z.literal('start') }),
  z.object({ ...sent, step: z.literal('result') }),
  z.object({ ...sent, step: z.literal('decode'), result: resultView, token: tokenView.nullable() }),
  z.object({ ...sent, step: z.literal('destroy'), result: resultView, token: tokenView }),
  z.object({ ...begun, step: z.literal('sign-off') }),
]);
export type OfficerView = z.infer<typeof officerView>;
export type OfficerViewAt<S extends OfficerStep> = Extract<OfficerView, { readonly step: S }>;

/** A ceremony whose start message is made, and whose secret isn't destroyed yet. */
export type SentView = OfficerViewAt<'start' | 'result' | 'decode' | 'destroy'>;
