import { z } from 'zod';
import { atStep, CeremonyError } from './ceremony-error';
import { requireSafeGiving, type StepIn, whoSeesQuorum } from './giving';
import { officerBefore } from './officer-before';
import { participantState } from './participant';
import { completePlan, emptyPlan, type PlanDraft, planDraft, type ServerFacts, serverFacts } from './plan';
import { takesAnotherResult } from './token-stand';

const time = z.string();

/** Where an officer's ceremony stands, in the order in which a ceremony goes through. */
export const officerStep = z.enum(['plan', 'key', 'start', 'result', 'decode', 'destroy', 'sign-off']);
export type OfficerStep = z.infer<typeof officerStep>;

const pgpKey = z.strictObject({
  kind: z.literal('pgp'),
  fingerprint: z.string(),
  algorithm: z.string(),
  publicKey: z.string(),
  createdAt: time,
});

/** What is known of the secret that opens the token: a PGP key by its public half, an OTP by its length. */
const openingSecret = z.discriminatedUnion('kind', [
  pgpKey,
  z.strictObject({ kind: z.literal('otp'), length: z.int() }),
]);
export type OpeningSecret = z.infer<typeof openingSecret>;

const attemptSeen = z.strictObject({
  nonce: z.string(),
  progress: z.int(),
  required: z.int(),
  station: z.string(),
  digest: z.string(),
});

const resultTaken = z.strictObject({
  nonce: z.string(),
  encodedToken: z.string(),
  pgpFingerprint: z.string(),
  /** Who signed it. Null: it came unsigned, from the plain command line. */
  signedBy: z.string().nullable(),
  takenAt: time,
  /**
   * The station whose result it is, and the key to which the token may be sealed. Null: the result came
   * unsigned, or from an earlier version.
   */
  station: z
    .strictObject({ operator: z.string(), label: z.string(), sealingKey: z.string(), expiresAt: time })
    .nullable()
    .default(null),
});

/** The token was sealed to a station. `digest`: of the handoff message. */
const handoffMade = z.strictObject({ digest: z.string(), station: z.string(), at: time });

/**
 * What came of it: the station has shown that the server refuses the token. `digest`: of the outcome message.
 */
const outcomeTaken = z.strictObject({
  digest: z.string(),
  station: z.string(),
  accessor: z.string(),
  proof: z.string(),
  at: time,
});

const tokenFacts = z.strictObject({
  kind: z.string(),
  format: z.string(),
  prefix: z.string(),
  length: z.int(),
  decodedAt: time,
  keyMatches: z.boolean().nullable(),
  caution: z.string().nullable(),
  /** Also by an outcome. Without one it is by word. */
  revocationReported: z.boolean(),
  handoff: handoffMade.nullable().default(null),
  outcome: outcomeTaken.nullable().default(null),
});

const stepIn = z.strictObject({ reserve: z.string(), insteadOf: z.string(), givesTo: z.string() });

/**
 * The newest amendment of the plan: it names everyone who stepped in so far. Its digest is that of its
 * message.
 */
const amendmentMade = z.strictObject({ digest: z.string(), number: z.int(), steps: z.array(stepIn) });
export type AmendmentMade = z.infer<typeof amendmentMade>;

const begun = {
  v: z.literal(2),
  role: z.literal('officer'),
  id: z.string(),
  draft: planDraft,
  updatedAt: time,
};
const agreed = { ...begun, roster: z.array(participantState), server: serverFacts };
const sent = {
  ...agreed,
  secret: openingSecret,
  /** Digest of the start message in force. */
  start: z.string(),
  /** The attempt that the station announced. Null also at later steps, where only its result came. */
  attempt: attemptSeen.nullable(),
  /** A state that an earlier version wrote has none. */
  amendment: amendmentMade.nullable().default(null),
};

const officerState = z.discriminatedUnion('step', [
  z.strictObject({ ...begun, step: z.literal('plan'), server: serverFacts.nullable() }),
  z.strictObject({ ...agreed, step: z.literal('key') }),
  z.strictObject({ ...sent, step: z.literal('start') }),
  z.strictObject({ ...sent, step: z.literal('result') }),
  z.strictObject({
    ...sent,
    step: z.literal('decode'),
    result: resultTaken,
    /** Null until the result was decoded here. */
    token: tokenFacts.nullable(),
  }),
  z.strictObject({ ...sent, step: z.literal('destroy'), result: resultTaken, token: tokenFacts }),
  z.strictObject({
    ...begun,
    step: z.literal('sign-off'),
    destroyedAt: time,
    /** Nonce of the attempt that it was about. Null where the ceremony was given up before there was one. */
    nonce: z.string().nullable(),
  }),
]);

/**
 * The officer's ceremony as plain values: one shape for each step. No secret is in it. Binary values are hex.
 * It lies on disk as it is; a file that the version before wrote, which is flat (`v: 1`), is read too.
 */
export const officerCeremony = z.union([officerState, officerBefore.pipe(officerState)]);
export type OfficerCeremony = z.infer<typeof officerState>;
export type OfficerAt<S extends OfficerStep> = Extract<OfficerCeremony, { readonly step: S }>;

export type OfficerEvent =
  | { readonly type: 'draft-changed'; readonly draft: PlanDraft }
  | { readonly type: 'server-learned'; readonly server: ServerFacts }
  | {
      readonly type: 'plan-agreed';
      readonly draft: PlanDraft;
      readonly roster: OfficerAt<'key'>['roster'];
    }
  | { readonly type: 'key-ready'; readonly key: Omit<z.infer<typeof pgpKey>, 'kind'>; readonly start: string }
  | { readonly type: 'otp-ready'; readonly length: number; readonly start: string }
  | { readonly type: 'start-sent' }
  | { readonly type: 'start-again' }
  | {
      readonly type: 'attempt-seen';
      readonly attempt: z.infer<typeof attemptSeen>;
      readonly pgpFingerprint: string;
    }
  | {
      readonly type: 'amended';
      readonly amendment: AmendmentMade;
      /** The officer states that somebody alone may come to have a quorum by it. */
      readonly stated: boolean;
    }
  | { readonly type: 'result-taken'; readonly result: z.infer<typeof resultTaken> }
  | {
      readonly type: 'decoded';
      readonly token: Omit<z.infer<typeof tokenFacts>, 'revocationReported' | 'handoff' | 'outcome'>;
    }
  | { readonly type: 'handed-over'; readonly handoff: z.infer<typeof handoffMade> }
  | { readonly type: 'outcome-taken'; readonly outcome: z.infer<typeof outcomeTaken> }
  | { readonly type: 'revocation-reported' }
  /**
   * Back to the plan: the server, the roster or the attempt has to be another. What was made so far is
   * withdrawn.
   */
  | { readonly type: 'plan-reopened' }
  | { readonly type: 'secret-destroyed'; readonly at: string };

/** A new ceremony, at its plan. `id`: 32 hex digits. `now`: ISO time. */
export const newOfficerCeremony = (id: string, rehearsal: boolean, now: string): OfficerAt<'plan'> => ({
  v: 2,
  role: 'officer',
  id,
  step: 'plan',
  draft: emptyPlan(rehearsal),
  server: null,
  updatedAt: now,
});

/**
 * What follows from an event in the officer's ceremony. `now`: ISO time. Throws `CeremonyError`, and then
 * nothing has changed: 'wrong-step', 'already-decoded', 'other-nonce', 'other-key', and those of
 * `completePlan` and `requireSafeGiving`.
 */
export function officerNext(state: OfficerCeremony, event: OfficerEvent, now: string): OfficerCeremony {
  return { ...follow(state, event), updatedAt: now };
}

function follow(state: OfficerCeremony, event: OfficerEvent): OfficerCeremony {
  switch (event.type) {
    case 'draft-changed':
      return { ...atStep(state, ['plan'], 'change the plan'), draft: event.draft };
    case 'server-learned':
      return { ...atStep(state, ['plan'], 'take the facts of a server'), server: event.server };
    case 'plan-agreed': {
      const plan = atStep(state, ['plan'], 'agree on the plan');
      const { draft, roster } = event;
      return { ...plan, step: 'key', draft, roster, server: completePlan(draft, roster, plan.server) };
    }
    case 'key-ready': {
      const agreed = atStep(state, ['key'], 'make the key');
      const secret = { kind: 'pgp', ...event.key } as const;
      return { ...agreed, step: 'start', secret, start: event.start, attempt: null, amendment: null };
    }
    case 'otp-ready': {
      const agreed = atStep(state, ['key'], 'make the one-time password');
      const secret = { kind: 'otp', length: event.length } as const;
      return { ...agreed, step: 'start', secret, start: event.start, attempt: null, amendment: null };
    }
    case 'start-sent':
      return { ...atStep(state, ['start'], 'go on from the start message'), step: 'result' };
    case 'start-again':
      return { ...atStep(state, ['result'], 'show the start message again'), step: 'start' };
    case 'attempt-seen': {
      const waiting = atStep(state, ['start', 'result'], 'take an attempt');
      refuseOtherKey(waiting.secret, event.pgpFingerprint);
      return { ...waiting, step: 'result', attempt: event.attempt };
    }
    case 'amended': {
      const waiting = atStep(state, ['start', 'result'], 'let a reserve step in');
      requireStatedSteps(waiting, event.amendment.steps, event.stated);
      return { ...waiting, amendment: event.amendment };
    }
    case 'result-taken':
      return takeResult(atStep(state, ['start', 'result', 'decode'], 'take a result'), event.result);
    case 'decoded': {
      // Also after it was reported revoked by mistake, for as long as the key is there.
      const taken = atStep(state, ['decode', 'destroy'], 'decode');
      const { revocationReported = false, handoff = null, outcome = null } = taken.token ?? {};
      return { ...taken, step: 'decode', token: { ...event.token, revocationReported, handoff, outcome } };
    }
    case 'handed-over': {
      const taken = atStep(state, ['decode'], 'hand the token over');
      return { ...taken, token: { ...decodedHere(taken, 'handed over'), handoff: event.handoff } };
    }
    case 'outcome-taken': {
      // Also after somebody said that it is revoked: a proof is worth more than a word.
      const taken = atStep(state, ['decode', 'destroy'], 'take the outcome');
      const token = decodedHere(taken, 'at its end');
      return {
        ...taken,
        step: 'destroy',
        token: { ...token, revocationReported: true, outcome: event.outcome },
      };
    }
    case 'revocation-reported': {
      const taken = atStep(state, ['decode'], 'report the token revoked');
      const token = decodedHere(taken, 'reported revoked');
      return { ...taken, step: 'destroy', token: { ...token, revocationReported: true } };
    }
    case 'plan-reopened': {
      const { server } = atStep(state, ['key', 'start', 'result'], 'go back to the plan');
      return { ...beginning(state), step: 'plan', server };
    }
    case 'secret-destroyed': {
      // From every step: a ceremony that is given up must be able to end, too.
      const running = atStep(
        state,
        ['plan', 'key', 'start', 'result', 'decode', 'destroy'],
        'destroy what was made for it',
      );
      return { ...beginning(state), step: 'sign-off', destroyedAt: event.at, nonce: nonceOf(running) };
    }
  }
}

/** What was stated for the plan, or for an amendment before, need not be stated again. */
function requireStatedSteps(
  { roster, server, amendment }: OfficerAt<'start' | 'result'>,
  steps: readonly StepIn[],
  stated: boolean,
): void {
  const before = whoSeesQuorum(roster, amendment?.steps ?? [], server.threshold);
  const after = whoSeesQuorum(roster, steps, server.threshold);
  requireSafeGiving(
    roster,
    steps,
    server.threshold,
    stated || after.every((person) => before.includes(person)),
  );
}

/** The token that was decoded here. `what`: completes "none can be …". */
function decodedHere(
  { token }: OfficerAt<'decode' | 'destroy'>,
  what: string,
): NonNullable<OfficerAt<'decode'>['token']> {
  if (token !== null) return token;
  throw new CeremonyError('wrong-step', `No token was decoded here yet, so none can be ${what}.`);
}

/** What every step has. */
const beginning = ({ v, role, id, draft, updatedAt }: OfficerCeremony) => ({ v, role, id, draft, updatedAt });

function takeResult(
  state: OfficerAt<'start' | 'result' | 'decode'>,
  result: z.infer<typeof resultTaken>,
): OfficerAt<'decode'> {
  const renewed = renewedResult(state, result);
  if (renewed !== null) return renewed;
  if (!takesAnotherResult(state)) {
    throw new CeremonyError(
      'already-decoded',
      'The token of this ceremony is decoded already. Another result is not needed.',
    );
  }
  if (state.attempt !== null && result.nonce !== '' && state.attempt.nonce !== result.nonce) {
    throw new CeremonyError(
      'other-nonce',
      'This result belongs to another attempt: its nonce is not the one of the attempt you took. Ask the operator which attempt was finished. Nothing was changed.',
    );
  }
  if (result.signedBy !== null) refuseOtherKey(state.secret, result.pgpFingerprint);
  return { ...state, step: 'decode', result, token: null };
}

/**
 * The same answer of the server from the same station, with a newer key for the handoff: the decoded token
 * stays, and what was sealed to the key before counts no more. Null where it is anything else.
 */
function renewedResult(
  state: OfficerAt<'start' | 'result' | 'decode'>,
  result: z.infer<typeof resultTaken>,
): OfficerAt<'decode'> | null {
  if (state.step !== 'decode' || state.token === null) return null;
  const before = state.result;
  if (before.station === null || result.station === null) return null;
  const isSame =
    before.encodedToken === result.encodedToken &&
    before.nonce === result.nonce &&
    before.station.operator === result.station.operator;
  if (!isSame || Date.parse(result.station.expiresAt) <= Date.parse(before.station.expiresAt)) return null;
  return {
    ...state,
    result: { ...before, station: result.station },
    token: { ...state.token, handoff: null },
  };
}

/** The secret that this laptop keeps for the token, as far as the state knows of one. */
export const secretOf = (state: OfficerCeremony): OpeningSecret | null =>
  'secret' in state ? state.secret : null;

/** Whether a token was decoded here that lives still, as far as this laptop has been told. */
export const hasLiveToken = (state: OfficerCeremony): boolean =>
  'token' in state && state.token !== null && !state.token.revocationReported;

/** Digest of the start message in force, in hex; null before it is made and once its secret is destroyed. */
export const startOf = (state: OfficerCeremony): string | null => ('start' in state ? state.start : null);

/** Nonce of the attempt that the ceremony is about. Null before one is known. */
export function nonceOf(state: OfficerCeremony): string | null {
  if (state.step === 'sign-off') return state.nonce;
  if ('attempt' in state && state.attempt !== null) return state.attempt.nonce;
  return ('result' in state && state.result.nonce) || null;
}

function refuseOtherKey(secret: OpeningSecret, pgpFingerprint: string): void {
  const expected = secret.kind === 'pgp' ? secret.fingerprint.toLowerCase() : '';
  if (pgpFingerprint.toLowerCase() === expected) return;
  throw new CeremonyError(
    'other-key',
    expected === ''
      ? "The server encrypts to a PGP key, but this ceremony uses a one-time password: the attempt isn't yours. Release nothing; have the operator cancel it."
      : 'The server names another PGP key than the one made here: the token would go to someone else. Release nothing; have the operator cancel the attempt.',
  );
}
