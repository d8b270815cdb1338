import { z } from 'zod';
import { officerStep, planDraft } from '../ipc/app-state';
import { CeremonyError, requireStep } from './ceremony-error';
import { participantState } from './participant';

const time = z.string();

/** What the officer knows of the server: from a station message, or typed in by hand. */
export const serverFacts = z.strictObject({
  address: z.string(),
  version: z.string(),
  clusterId: z.string(),
  clusterName: z.string(),
  threshold: z.int(),
  shares: z.int(),
  otpLength: z.int(),
  /** The server's clock when the station asked it; null when typed in by hand. */
  serverTime: time.nullable(),
  station: z
    .strictObject({
      digest: z.string(),
      label: z.string(),
      sealingKey: z.string(),
      expiresAt: time,
      operator: z.string(),
    })
    .nullable(),
});
export type ServerFacts = z.infer<typeof serverFacts>;

/** The officer's ceremony as plain values, as it lies on disk. No secret is in it. Binary values are hex. */
export const officerCeremony = z.strictObject({
  v: z.literal(1),
  role: z.literal('officer'),
  id: z.string(),
  step: officerStep,
  draft: planDraft,
  roster: z.array(participantState),
  server: serverFacts.nullable(),
  key: z
    .strictObject({ fingerprint: z.string(), algorithm: z.string(), publicKey: z.string(), createdAt: time })
    .nullable(),
  otp: z.strictObject({ length: z.int() }).nullable(),
  /** Digest of the start message in force. */
  start: z.string().nullable(),
  attempt: z
    .strictObject({
      nonce: z.string(),
      progress: z.int(),
      required: z.int(),
      station: z.string(),
      digest: z.string(),
    })
    .nullable(),
  result: z
    .strictObject({
      nonce: z.string(),
      encodedToken: z.string(),
      pgpFingerprint: z.string(),
      /** Who signed it; null: it came unsigned, from the plain command line. */
      signedBy: z.string().nullable(),
      takenAt: time,
    })
    .nullable(),
  token: z
    .strictObject({
      kind: z.string(),
      format: z.string(),
      prefix: z.string(),
      length: z.int(),
      decodedAt: time,
      keyMatches: z.boolean().nullable(),
      caution: z.string().nullable(),
      revocationReported: z.boolean(),
    })
    .nullable(),
  destroyedAt: time.nullable(),
  updatedAt: time,
});
export type OfficerCeremony = z.infer<typeof officerCeremony>;

export type OfficerEvent =
  | { readonly type: 'draft-changed'; readonly draft: OfficerCeremony['draft'] }
  | { readonly type: 'server-learned'; readonly server: ServerFacts }
  | {
      readonly type: 'plan-agreed';
      readonly draft: OfficerCeremony['draft'];
      readonly roster: OfficerCeremony['roster'];
    }
  | { readonly type: 'key-ready'; readonly key: NonNullable<OfficerCeremony['key']>; readonly start: string }
  | { readonly type: 'otp-ready'; readonly length: number; readonly start: string }
  | { readonly type: 'start-sent' }
  | { readonly type: 'start-again' }
  | {
      readonly type: 'attempt-seen';
      readonly attempt: NonNullable<OfficerCeremony['attempt']>;
      readonly pgpFingerprint: string;
    }
  | { readonly type: 'result-taken'; readonly result: NonNullable<OfficerCeremony['result']> }
  | {
      readonly type: 'decoded';
      readonly token: Omit<NonNullable<OfficerCeremony['token']>, 'revocationReported'>;
    }
  | { readonly type: 'revocation-reported' }
  /** Back to the plan: the server, the roster or the attempt has to be another. What was made so far is withdrawn. */
  | { readonly type: 'plan-reopened' }
  | { readonly type: 'secret-destroyed'; readonly at: string };

/** A new ceremony, at its plan. `id`: 32 hex digits. */
export function newOfficerCeremony(id: string, rehearsal: boolean, now: string): OfficerCeremony {
  return {
    v: 1,
    role: 'officer',
    id,
    step: 'plan',
    draft: {
      title: '',
      purpose: '',
      ticket: '',
      method: 'pgp',
      tasks: ['Revoke this token, and prove it'],
      roster: [],
      sameStationAllowed: false,
      rehearsal,
    },
    roster: [],
    server: null,
    key: null,
    otp: null,
    start: null,
    attempt: null,
    result: null,
    token: null,
    destroyedAt: null,
    updatedAt: now,
  };
}

/** What follows from an event in the officer's ceremony. Throws `CeremonyError`, and then nothing has changed. */
export function officerNext(state: OfficerCeremony, event: OfficerEvent, now: string): OfficerCeremony {
  return { ...state, ...officerChange(state, event), updatedAt: now };
}

function officerChange(state: OfficerCeremony, event: OfficerEvent): Partial<OfficerCeremony> {
  switch (event.type) {
    case 'draft-changed':
      requireStep(state.step, ['plan'], 'change the plan');
      return { draft: event.draft };
    case 'server-learned':
      requireStep(state.step, ['plan'], 'take the facts of a server');
      return { server: event.server };
    case 'plan-agreed':
      requireStep(state.step, ['plan'], 'agree on the plan');
      checkPlan(event.draft, event.roster, state.server);
      return { draft: event.draft, roster: event.roster, step: 'key' };
    case 'key-ready':
      requireStep(state.step, ['key'], 'make the key');
      return { key: event.key, otp: null, start: event.start, step: 'start' };
    case 'otp-ready':
      requireStep(state.step, ['key'], 'make the one-time password');
      return { otp: { length: event.length }, key: null, start: event.start, step: 'start' };
    case 'start-sent':
      requireStep(state.step, ['start'], 'go on from the start message');
      return { step: 'result' };
    case 'start-again':
      requireStep(state.step, ['result'], 'show the start message again');
      return { step: 'start' };
    case 'attempt-seen':
      requireStep(state.step, ['start', 'result'], 'take an attempt');
      checkKey(state, event.pgpFingerprint);
      return { attempt: event.attempt, step: 'result' };
    case 'result-taken':
      requireStep(state.step, ['start', 'result', 'decode'], 'take a result');
      if (state.token !== null && !isDoubtful(state.token)) {
        throw new CeremonyError(
          'already-decoded',
          'The token of this ceremony is decoded already. Another result is not needed.',
        );
      }
      checkNonce(state, event.result.nonce);
      if (event.result.signedBy !== null) checkKey(state, event.result.pgpFingerprint);
      return { result: event.result, token: null, step: 'decode' };
    case 'decoded':
      // Also after it was reported revoked by mistake, for as long as the key is there.
      requireStep(state.step, ['decode', 'destroy'], 'decode');
      return {
        step: 'decode',
        token: { ...event.token, revocationReported: state.token?.revocationReported ?? false },
      };
    case 'revocation-reported':
      requireStep(state.step, ['decode'], 'report the token revoked');
      if (state.token === null)
        throw new CeremonyError(
          'wrong-step',
          'No token was decoded here yet, so none can be reported revoked.',
        );
      return { token: { ...state.token, revocationReported: true }, step: 'destroy' };
    case 'plan-reopened':
      requireStep(state.step, ['key', 'start', 'result'], 'go back to the plan');
      return { key: null, otp: null, start: null, attempt: null, step: 'plan' };
    case 'secret-destroyed':
      // From every step: a ceremony that is given up must be able to end, too.
      requireStep(
        state.step,
        ['plan', 'key', 'start', 'result', 'decode', 'destroy'],
        'destroy what was made for it',
      );
      return { destroyedAt: event.at, step: 'sign-off' };
  }
}

/** A token that nothing could check (UUID era): a better copy of its result may still come. */
const isDoubtful = (token: NonNullable<OfficerCeremony['token']>): boolean =>
  token.caution !== null && !token.revocationReported;

function checkPlan(
  draft: OfficerCeremony['draft'],
  roster: OfficerCeremony['roster'],
  server: ServerFacts | null,
): void {
  if (server === null) {
    throw new CeremonyError(
      'no-server',
      "The plan names no server yet. Take the station's code, or type in what its operator reads out.",
    );
  }
  const missing = [
    ['a name', draft.title],
    ['a purpose', draft.purpose],
  ].flatMap(([what, value]) => (value?.trim() ? [] : [what]));
  if (missing.length > 0) {
    throw new CeremonyError(
      'plan-incomplete',
      `The plan lacks ${missing.join(' and ')}. Custodians read it before they release a share: fill it in.`,
    );
  }
  const custodians = roster.filter((person) => person.role === 'custodian').length;
  if (custodians < server.threshold) {
    throw new CeremonyError(
      'quorum-too-small',
      `The server needs ${server.threshold} shares, and the roster has ${custodians} ${custodians === 1 ? 'custodian' : 'custodians'}. Add custodians to the roster.`,
    );
  }
  const { station } = server;
  if (
    station !== null &&
    !roster.some(({ role, fingerprint }) => role === 'operator' && fingerprint === station.operator)
  ) {
    throw new CeremonyError(
      'no-operator',
      `The operator of ${station.label} isn't on the roster, so their answers would be refused. Add them.`,
    );
  }
}

function checkNonce(state: OfficerCeremony, nonce: string): void {
  if (state.attempt === null || nonce === '' || state.attempt.nonce === nonce) return;
  throw new CeremonyError(
    'other-nonce',
    'This result belongs to another attempt: its nonce is not the one of the attempt you took. Ask the operator which attempt was finished. Nothing was changed.',
  );
}

function checkKey(state: OfficerCeremony, pgpFingerprint: string): void {
  const expected = state.key?.fingerprint.toLowerCase() ?? '';
  if (pgpFingerprint.toLowerCase() === expected) return;
  throw new CeremonyError(
    'other-key',
    expected === ''
      ? "The server encrypts to a PGP key, but this ceremony uses a one-time password: the attempt isn't yours. Release nothing; have the operator cancel it."
      : 'The server names another PGP key than the one made here: the token would go to someone else. Release nothing; have the operator cancel the attempt.',
  );
}
