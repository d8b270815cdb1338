import { z } from 'zod';
import { methodSchema, serverSchema, tokenKindSchema } from '../message/body';
import { taskEntry } from '../task/task';
import type { AttemptFacts } from './attempt-check';
import { atStep } from './ceremony-error';
import { custodianBefore } from './custodian-before';
import { participantState } from './participant';
import { DEFAULT_TOKEN_MINUTES } from './token-minutes';

/** Where a custodian's part stands. From 'stopped' and 'released' on, only a further attempt leads back. */
export const custodianStep = z.enum(['check', 'share', 'release', 'released', 'sign-off', 'stopped']);
export type CustodianStep = z.infer<typeof custodianStep>;

/** What is known of a share that was entered: never the share. `length`: bytes; `x`: its x-coordinate. */
const shareFacts = z.strictObject({
  length: z.int(),
  x: z.int(),
  seenBefore: z.enum(['first', 'matches']),
});

/** One share message that was released: for which nonce, sealed to which station. */
const release = z.strictObject({
  digest: z.string(),
  nonce: z.string(),
  sealingKey: z.string(),
  at: z.string(),
});

const taken = {
  v: z.literal(2),
  role: z.literal('custodian'),
  id: z.string(),
  title: z.string(),
  purpose: z.string(),
  ticket: z.string(),
  tasks: z.array(taskEntry),
  /** How long the token may be in somebody's hands. A state of an earlier version doesn't say. */
  tokenMinutes: z.int().default(DEFAULT_TOKEN_MINUTES),
  /** Who takes part, by the plan. A state that an earlier version wrote has nobody. */
  roster: z.array(participantState).default([]),
  method: methodSchema,
  /** States of the version before have none. */
  tokenKind: tokenKindSchema.default('root'),
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
  /** What this laptop has found out about the attempt, one sentence each. */
  checks: z.array(z.strictObject({ ok: z.boolean(), text: z.string() })),
  /** Every share message that was released so far. */
  released: z.array(release),
  /** How many of them were released before the attempt in hand was taken (again). */
  releasedBefore: z.int(),
  updatedAt: z.string(),
};

const custodianState = z.discriminatedUnion('step', [
  z.strictObject({ ...taken, step: custodianStep.exclude(['release']) }),
  /** The share is in memory, and its release is asked for. */
  z.strictObject({ ...taken, step: z.literal('release'), share: shareFacts }),
]);

/**
 * A custodian's side of a ceremony as plain values: one shape for each step. No share is in it. Binary values
 * are hex. It lies on disk as it is; a file that the version before wrote, which is flat (`v: 1`), is read
 * too.
 */
export const custodianCeremony = z.union([custodianState, custodianBefore.pipe(custodianState)]);
export type CustodianCeremony = z.infer<typeof custodianState>;
export type Release = z.infer<typeof release>;

export type CustodianEvent =
  | { readonly type: 'attempt-taken'; readonly facts: AttemptFacts }
  | { readonly type: 'words-match' }
  | { readonly type: 'something-differs' }
  | { readonly type: 'share-entered'; readonly share: z.infer<typeof shareFacts> }
  | { readonly type: 'share-forgotten' }
  | { readonly type: 'released'; readonly digest: string; readonly at: string }
  | { readonly type: 'done' };

/** A custodian's ceremony as its first attempt begins it, at the check. `now`: ISO time. */
export const newCustodianCeremony = (facts: AttemptFacts, now: string): CustodianCeremony =>
  checking(facts, [], now);

/**
 * What follows from an event in a custodian's ceremony. `now`: ISO time. Another attempt message of the same
 * ceremony (a second station, or a new try after a wrong share) leads back to the check. Throws
 * `CeremonyError` 'wrong-step', and then nothing has changed.
 */
export function custodianNext(
  state: CustodianCeremony,
  event: CustodianEvent,
  now: string,
): CustodianCeremony {
  return { ...follow(state, event, now), updatedAt: now };
}

function follow(state: CustodianCeremony, event: CustodianEvent, now: string): CustodianCeremony {
  switch (event.type) {
    case 'attempt-taken':
      return checking(event.facts, state.released, now);
    case 'words-match':
      return { ...atStep(state, ['check'], 'confirm the words'), step: 'share' };
    case 'something-differs':
      atStep(state, ['check', 'share', 'release', 'released'], 'stop');
      return { ...withoutShare(state), step: 'stopped' };
    case 'share-entered':
      atStep(state, ['share', 'release', 'released'], 'enter the share');
      return { ...withoutShare(state), step: 'release', share: event.share };
    case 'share-forgotten':
      atStep(state, ['share', 'release', 'released', 'sign-off', 'stopped'], 'forget the share');
      if (state.step !== 'release') return state;
      // Once one is released, its code stays to be shown: only another release needs the share again.
      return { ...withoutShare(state), step: releaseOf(state) === null ? 'share' : 'released' };
    case 'released': {
      const { nonce, sealingKey } = atStep(state, ['release'], 'release the share').attempt;
      const { digest, at } = event;
      const released = [...state.released, { digest, nonce, sealingKey, at }];
      return { ...withoutShare(state), step: 'released', released };
    }
    case 'done':
      // A custodian who wasn't needed signs off, too.
      return state.step === 'stopped' ? state : { ...withoutShare(state), step: 'sign-off' };
  }
}

const checking = (facts: AttemptFacts, released: Release[], now: string): CustodianCeremony => ({
  v: 2,
  role: 'custodian',
  ...facts,
  step: 'check',
  released,
  releasedBefore: released.length,
  updatedAt: now,
});

function withoutShare(state: CustodianCeremony): Omit<CustodianCeremony, 'share' | 'step'> {
  if (state.step !== 'release') return state;
  const { share: _, ...rest } = state;
  return rest;
}

/** The share message that was released since the attempt in hand was taken; null before. */
export const releaseOf = (state: CustodianCeremony): Release | null =>
  state.released.slice(state.releasedBefore).at(-1) ?? null;
