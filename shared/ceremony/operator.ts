import { z } from 'zod';
import { methodSchema, serverSchema } from '../message/body';
import { CeremonyError, requireStep } from './ceremony-error';

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const count = z.int().min(0).max(255);
const nonce = z.string().max(80);

/** What holds at every step. */
const always = {
  v: z.literal(2),
  role: z.literal('operator'),
  id: hex(32),
  title: z.string(),
  rehearsal: z.boolean(),
  server: serverSchema,
  method: methodSchema,
  /** Digest of the officer's start message. */
  start: hex(64),
  required: count,
  /** As GET named it: answers to update say 0 (docs/server-facts.md, "OTP length"). */
  otpLength: count,
  /** Lower-case hex of the officer's PGP key; '' with a one-time password. */
  pgpFingerprint: z.string().max(64),
  /**
   * This station saw the OTP. It must not see the encoded token too (docs/design.md, "Who can do what
   * alone").
   */
  openedOtp: z.boolean(),
  sameStationAllowed: z.boolean(),
  /** Digests of the attempt messages that this station sent: what a share message may answer. */
  attempts: z.array(hex(64)),
  /** Shares that the server took or refused: none of them may come again. */
  submitted: z.array(z.strictObject({ digest: hex(64), custodian: z.string(), nonce: z.string() })),
  /** Digest of the officer's newest amendment of the plan; null where there is none. */
  amendment: hex(64).nullable().default(null),
  /** Answers of the server that were taken account of, of those in the answers folder. */
  answers: z.int().min(0),
  updatedAt: z.iso.datetime(),
};

/** The one-time key that shares are sealed to. */
export const sealingKeyState = z.strictObject({ publicKey: hex(64), expiresAt: z.iso.datetime() });
export type SealingKeyState = z.infer<typeof sealingKeyState>;

/** A share that was about to be sent, as long as its outcome isn't on record. */
export const pendingShare = z.strictObject({
  digest: hex(64),
  custodian: z.string(),
  name: z.string(),
  /** The share's x-coordinate, which is no secret; null for one that has none (threshold 1). */
  x: z.int().min(0).max(255).nullable().default(null),
  progressBefore: count,
});
export type PendingShare = z.infer<typeof pendingShare>;

/** Names of those whose shares count towards the progress now. */
const round = z.array(z.string());

/** The x-coordinates of those shares, as far as they are known, and whose they are. */
const coordinates = z.array(z.strictObject({ name: z.string(), x: z.int().min(0).max(255) })).default([]);

/** The request to start is about to go out, or went out; its outcome isn't on record yet. */
const starting = z.strictObject({ ...always, step: z.literal('starting') });

const open = z.strictObject({
  ...always,
  step: z.literal('open'),
  nonce: nonce.min(1),
  progress: count,
  round,
  coordinates,
  /** Null before the attempt message is made, and again once the station's sign-off has destroyed the key. */
  sealing: sealingKeyState.nullable(),
  pending: pendingShare.nullable(),
});

const finished = z.strictObject({
  ...always,
  step: z.literal('finished'),
  nonce: nonce.min(1),
  /** Digest of the result message. */
  result: hex(64),
});

/** The attempt was cancelled, or this station saw that it had gone from the server. */
const cancelled = z.strictObject({
  ...always,
  step: z.literal('cancelled'),
  /** '' where the start was cut off before this station learned it. */
  nonce,
  progress: count,
  round,
});

/** An answer was lost that may have been the last. */
const lost = z.strictObject({ ...cancelled.shape, step: z.literal('lost') });

/** The operator's ceremony as plain values, as it lies on disk. No secret is in it. Binary values are hex. */
export const operatorCeremony = z.discriminatedUnion('step', [starting, open, finished, cancelled, lost]);
export type OperatorCeremony = z.infer<typeof operatorCeremony>;
export type OperatorStep = OperatorCeremony['step'];
/** The operator's ceremony at one step. */
export type OperatorAt<Step extends OperatorStep> = Extract<OperatorCeremony, { readonly step: Step }>;

/** What the plan and the server say before an attempt is begun or joined. */
export type OperatorPlan = Pick<
  OperatorCeremony,
  | 'id'
  | 'title'
  | 'rehearsal'
  | 'server'
  | 'method'
  | 'start'
  | 'required'
  | 'otpLength'
  | 'pgpFingerprint'
  | 'openedOtp'
  | 'sameStationAllowed'
  /** So many lie there from earlier attempts of this ceremony: they say nothing of this one. */
  | 'answers'
>;

/** An attempt as the server tells of it. */
export interface OpenAttempt {
  readonly nonce: string;
  readonly required: number;
  readonly progress: number;
  /** 0 where this answer doesn't name it. */
  readonly otpLength: number;
}

/** What became of the share that was sent. */
export type ShareFate =
  | { readonly kind: 'counted'; readonly progress: number; readonly required: number }
  /** Nobody knows whether it was counted: the same message may come again. */
  | { readonly kind: 'unknown'; readonly progress: number }
  /** The server threw all shares away, and counts from 0 again. */
  | { readonly kind: 'rejected' }
  | { readonly kind: 'given-before' }
  /** The server didn't take it: the same message may come again. */
  | { readonly kind: 'not-taken' }
  /** The attempt ended with it or before it: what follows is the event 'ended'. */
  | { readonly kind: 'ended' };

export type OperatorEvent =
  /** The request to start is about to go out. */
  | { readonly type: 'start-asked'; readonly plan: OperatorPlan }
  | { readonly type: 'started'; readonly attempt: OpenAttempt }
  | { readonly type: 'joined'; readonly plan: OperatorPlan; readonly attempt: OpenAttempt }
  /** The server was asked again, and has the attempt open still. */
  | { readonly type: 'looked-up'; readonly progress: number; readonly required: number }
  | { readonly type: 'announced'; readonly digest: string; readonly sealing: SealingKeyState }
  | {
      readonly type: 'share-sending';
      readonly share: Omit<PendingShare, 'progressBefore'>;
      /** What the server counted just before. */
      readonly progress: number;
    }
  /** The officer's amendment was taken in. `digest`: of its message. */
  | { readonly type: 'amended'; readonly digest: string }
  | { readonly type: 'share-settled'; readonly fate: ShareFate; readonly answers: number }
  | {
      readonly type: 'finished';
      /** Digest of the result message. */
      readonly result: string;
      readonly required: number;
      readonly answers: number;
    }
  /** The result message was made anew, with a new key for the handoff. `result`: its digest. */
  | { readonly type: 'result-renewed'; readonly result: string }
  /** This station's part is over without a result. What is over already stays as it is. */
  | { readonly type: 'ended'; readonly step: 'cancelled' | 'lost' }
  /**
   * At sign-off the key that shares are sealed to is destroyed; the attempt on the server is left as it is.
   */
  | { readonly type: 'key-destroyed' };

/** Whether this station's part in the attempt is over. */
export const isOver = (
  state: OperatorCeremony,
): state is OperatorAt<'finished'> | OperatorAt<'cancelled'> | OperatorAt<'lost'> =>
  state.step === 'finished' || state.step === 'cancelled' || state.step === 'lost';

/** The attempt's nonce; '' as long as this station doesn't know it. */
export const nonceOf = (state: OperatorCeremony): string => ('nonce' in state ? state.nonce : '');

/** Where each event leads: only what is over may stay at another step than the event says. */
export type OperatorAfter<E extends OperatorEvent> = E extends { readonly type: 'start-asked' }
  ? OperatorAt<'starting'>
  : E extends { readonly type: 'finished' | 'result-renewed' }
    ? OperatorAt<'finished'>
    : E extends { readonly type: 'ended' | 'key-destroyed' }
      ? OperatorCeremony
      : OperatorAt<'open'>;

/**
 * What follows from an event in an operator's ceremony; `state` is null before the first start message.
 * `now`: ISO 8601 UTC. Throws `CeremonyError` 'wrong-step', and then nothing has changed.
 */
export const operatorNext = <E extends OperatorEvent>(
  state: OperatorCeremony | null,
  event: E,
  now: string,
): OperatorAfter<E> => next(state, event, now) as OperatorAfter<E>;

function next(state: OperatorCeremony | null, event: OperatorEvent, now: string): OperatorCeremony {
  if (event.type === 'start-asked') return asked(state, event.plan, now);
  if (event.type === 'joined') return joined(state, event.plan, event.attempt, now);
  if (state === null) {
    throw new CeremonyError(
      'wrong-step',
      "An operator's ceremony begins with a start message. Nothing was changed.",
    );
  }
  return { ...changed(state, event), updatedAt: now };
}

function asked(state: OperatorCeremony | null, plan: OperatorPlan, now: string): OperatorAt<'starting'> {
  const allowed: readonly OperatorStep[] =
    state?.start === plan.start ? ['starting'] : ['starting', 'open', 'cancelled', 'lost'];
  if (state !== null) requireStep(state.step, allowed, 'start an attempt');
  refusePending(state);
  return { ...fresh(plan, now), step: 'starting' };
}

/**
 * An attempt that is known here goes on from where it was; with another start message everything begins anew.
 */
function joined(
  state: OperatorCeremony | null,
  plan: OperatorPlan,
  attempt: OpenAttempt,
  now: string,
): OperatorAt<'open'> {
  const known = state?.start === plan.start ? state : null;
  if (state !== null) {
    const allowed: readonly OperatorStep[] =
      known === null ? ['starting', 'open', 'cancelled', 'lost'] : ['starting', 'open', 'cancelled'];
    requireStep(state.step, allowed, 'join the attempt');
  }
  refusePending(state);
  const { nonce, required, progress, otpLength } = attempt;
  const { attempts, submitted, answers, amendment } = known ?? fresh(plan, now);
  const before = known === null || known.step === 'finished' || known.step === 'starting' ? null : known;
  return {
    ...fresh(plan, now),
    ...(known === null ? {} : { server: known.server }),
    step: 'open',
    attempts,
    submitted,
    answers,
    amendment,
    // Whoever saw the OTP once has seen it, whatever happened to the attempt since.
    openedOtp: state?.openedOtp ?? false,
    nonce,
    required,
    progress,
    otpLength,
    round: before?.round ?? [],
    coordinates: before?.step === 'open' ? before.coordinates : [],
    sealing: before?.step === 'open' ? before.sealing : null,
    pending: null,
  };
}

const fresh = (plan: OperatorPlan, now: string) => ({
  v: 2 as const,
  role: 'operator' as const,
  ...plan,
  attempts: [],
  submitted: [],
  amendment: null,
  updatedAt: now,
});

type LaterEvent = Exclude<OperatorEvent, { readonly type: 'start-asked' | 'joined' }>;

function changed(state: OperatorCeremony, event: LaterEvent): OperatorCeremony {
  switch (event.type) {
    case 'started': {
      const { nonce, required, progress, otpLength } = event.attempt;
      return {
        ...at(state, 'starting', 'take the attempt that was started'),
        step: 'open',
        nonce,
        required,
        progress,
        otpLength: otpLength || state.otpLength,
        round: [],
        coordinates: [],
        sealing: null,
        pending: null,
      };
    }
    case 'amended':
      return { ...at(state, 'open', 'take an amendment'), amendment: event.digest };
    case 'looked-up': {
      const { progress, required } = event;
      return { ...at(state, 'open', 'look at the attempt'), progress, required };
    }
    case 'announced': {
      const opened = at(state, 'open', 'announce the attempt');
      return { ...opened, sealing: event.sealing, attempts: [...opened.attempts, event.digest] };
    }
    case 'share-sending': {
      const { share, progress } = event;
      const opened = at(state, 'open', 'send a share');
      refusePending(opened);
      return {
        ...opened,
        pending: { ...share, progressBefore: progress },
        progress,
        // Another station's wrong share may have made the server count anew.
        round: progress === 0 ? [] : opened.round,
        coordinates: progress === 0 ? [] : opened.coordinates,
      };
    }
    case 'share-settled':
      return settled(at(state, 'open', 'settle a share'), event.fate, event.answers);
    case 'finished': {
      const {
        pending,
        progress: _,
        round: __,
        coordinates: ___,
        sealing: ____,
        ...opened
      } = at(state, 'open', 'finish');
      const { result, required, answers } = event;
      return { ...opened, step: 'finished', submitted: given(state, pending), required, answers, result };
    }
    case 'result-renewed':
      return { ...at(state, 'finished', 'make the result anew'), result: event.result };
    case 'ended':
      return ended(state, event.step);
    case 'key-destroyed':
      return state.step === 'open' ? { ...state, sealing: null } : state;
  }
}

function settled(state: OperatorAt<'open'>, fate: ShareFate, answers: number): OperatorAt<'open'> {
  const { pending } = state;
  if (pending === null) {
    throw new CeremonyError('wrong-step', 'No share was sent, so none can be settled. Nothing was changed.');
  }
  const cleared = { ...state, pending: null, answers };
  const submitted = given(state, pending);
  switch (fate.kind) {
    case 'counted': {
      const { progress, required } = fate;
      const { name, x } = pending;
      const coordinates = x === null ? state.coordinates : [...state.coordinates, { name, x }];
      return { ...cleared, submitted, progress, required, round: [...state.round, name], coordinates };
    }
    case 'unknown':
      return { ...cleared, progress: fate.progress };
    case 'rejected':
      return { ...cleared, submitted, progress: 0, round: [], coordinates: [] };
    case 'given-before':
    case 'ended':
      return { ...cleared, submitted };
    case 'not-taken':
      return cleared;
  }
}

function ended(state: OperatorCeremony, step: 'cancelled' | 'lost'): OperatorCeremony {
  if (isOver(state)) return state;
  refusePending(state);
  if (state.step === 'starting') return { ...state, step, nonce: '', progress: 0, round: [] };
  const { sealing: _, pending: __, coordinates: ___, ...rest } = state;
  return { ...rest, step };
}

/**
 * A share that was sent may have been the last: it is never forgotten before it is known what became of it.
 */
function refusePending(state: OperatorCeremony | null): void {
  if (state?.step !== 'open' || state.pending === null) return;
  throw new CeremonyError(
    'wrong-step',
    "It isn't known yet what became of the share that was sent before. Nothing was changed.",
  );
}

/** The shares that the server took or refused, with the one whose outcome is known now. */
const given = (state: OperatorCeremony, pending: PendingShare | null): OperatorCeremony['submitted'] =>
  pending === null
    ? state.submitted
    : [...state.submitted, { digest: pending.digest, custodian: pending.custodian, nonce: nonceOf(state) }];

function at<Step extends OperatorStep>(
  state: OperatorCeremony,
  step: Step,
  action: string,
): OperatorAt<Step> {
  requireStep<OperatorStep>(state.step, [step], action);
  return state as OperatorAt<Step>;
}
