import { z } from 'zod';
import { custodianStep } from '../ipc/app-state';
import { methodSchema, serverSchema } from '../message/body';
import { requireStep } from './ceremony-error';

/** What a custodian's laptop has found out about an attempt, one sentence each. */
const check = z.strictObject({ ok: z.boolean(), text: z.string() });

/** A custodian's side of a ceremony as plain values, as it lies on disk. No share is in it. Binary values are hex. */
export const custodianCeremony = z.strictObject({
  v: z.literal(1),
  role: z.literal('custodian'),
  id: z.string(),
  step: custodianStep,
  title: z.string(),
  purpose: z.string(),
  ticket: z.string(),
  tasks: z.array(z.string()),
  method: methodSchema,
  rehearsal: z.boolean(),
  server: serverSchema,
  threshold: z.int(),
  officer: z.string(),
  start: z.string(),
  attempt: z.strictObject({
    digest: z.string(),
    nonce: z.string(),
    required: z.int(),
    progress: z.int(),
    pgpFingerprint: z.string(),
    operator: z.string(),
    station: z.string(),
    sealingKey: z.string(),
    expiresAt: z.string(),
  }),
  checks: z.array(check),
  share: z.strictObject({ length: z.int(), x: z.int(), seenBefore: z.enum(['first', 'matches']) }).nullable(),
  /** Share messages released so far: for which nonce, sealed to which station. */
  released: z.array(
    z.strictObject({ digest: z.string(), nonce: z.string(), sealingKey: z.string(), at: z.string() }),
  ),
  /** How many of them were released before the attempt in hand was taken (again). */
  releasedBefore: z.int(),
  updatedAt: z.string(),
});
export type CustodianCeremony = z.infer<typeof custodianCeremony>;

export type CustodianEvent =
  | {
      readonly type: 'attempt-taken';
      readonly facts: Omit<
        CustodianCeremony,
        'v' | 'role' | 'step' | 'share' | 'released' | 'releasedBefore' | 'updatedAt'
      >;
    }
  | { readonly type: 'words-match' }
  | { readonly type: 'something-differs' }
  | { readonly type: 'share-entered'; readonly share: NonNullable<CustodianCeremony['share']> }
  | { readonly type: 'share-forgotten' }
  | { readonly type: 'released'; readonly digest: string; readonly at: string }
  | { readonly type: 'done' };

/**
 * What follows from an event in a custodian's ceremony; `state` is null before the first attempt was taken. Another
 * attempt message of the same ceremony (a second station, or a new try after a wrong share) leads back to the check.
 * Throws `CeremonyError` 'wrong-step', and then nothing has changed.
 */
export function custodianNext(
  state: CustodianCeremony | null,
  event: CustodianEvent,
  now: string,
): CustodianCeremony {
  if (event.type === 'attempt-taken') {
    return {
      v: 1,
      role: 'custodian',
      ...event.facts,
      step: 'check',
      share: null,
      released: state?.released ?? [],
      releasedBefore: state?.released.length ?? 0,
      updatedAt: now,
    };
  }
  if (state === null) throw new TypeError('a custodian’s ceremony begins with an attempt');
  return { ...state, ...custodianChange(state, event), updatedAt: now };
}

function custodianChange(
  state: CustodianCeremony,
  event: Exclude<CustodianEvent, { type: 'attempt-taken' }>,
): Partial<CustodianCeremony> {
  switch (event.type) {
    case 'words-match':
      requireStep(state.step, ['check'], 'confirm the words');
      return { step: 'share' };
    case 'something-differs':
      requireStep(state.step, ['check', 'share', 'release'], 'stop');
      return { step: 'stopped', share: null };
    case 'share-entered':
      requireStep(state.step, ['share', 'release'], 'enter the share');
      return { step: 'release', share: event.share };
    case 'share-forgotten':
      requireStep(state.step, ['share', 'release', 'sign-off', 'stopped'], 'forget the share');
      if (state.step !== 'release') return {};
      // Once it is released, its code stays to be shown: only another release needs the share again.
      return releaseOf(state) === null ? { step: 'share', share: null } : { share: null };
    case 'released':
      requireStep(state.step, ['release'], 'release the share');
      return {
        released: [
          ...state.released,
          {
            digest: event.digest,
            nonce: state.attempt.nonce,
            sealingKey: state.attempt.sealingKey,
            at: event.at,
          },
        ],
      };
    case 'done':
      // A custodian who wasn't needed signs off, too.
      return state.step === 'stopped' ? {} : { step: 'sign-off' };
  }
}

/** The share message that was released since the attempt in hand was taken; null before. */
export const releaseOf = (state: CustodianCeremony): CustodianCeremony['released'][number] | null =>
  state.released.slice(state.releasedBefore).at(-1) ?? null;
