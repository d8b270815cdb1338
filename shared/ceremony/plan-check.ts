import { equalBytes, toHex } from '../bytes';
import type { Envelope } from '../message/envelope';
import { nameKey } from '../plain-text';
import { CeremonyError } from './ceremony-error';
import { requireSafeGiving, type StepIn, whoSeesQuorum } from './giving';
import { type ParticipantState, participantOnDisk } from './participant';
import { requireTasks } from './planned-tasks';

/**
 * A plan as its officer signed it, with the newest amendment, once it is known to be one that may be
 * followed.
 */
export interface SoundPlan {
  readonly roster: readonly ParticipantState[];
  readonly steps: readonly StepIn[];
  /** Who alone would have a whole quorum, as the officer states. Mostly nobody. */
  readonly alone: readonly ParticipantState[];
}

/**
 * Holds an officer's plan against what every laptop asks of one, whoever is at it. Both signatures are
 * verified by the caller. Throws `CeremonyError` 'method', 'named-twice', 'no-station', 'quorum-too-small',
 * 'quorum-at-one-station', 'wrong-task', 'other-plan' (the amendment is of another plan, or by another
 * officer).
 */
export function requireSoundPlan(
  start: Envelope<'start'>,
  startDigest: Uint8Array,
  amendment: Envelope<'amendment'> | null,
): SoundPlan {
  const { method, publicKey, sealedOtp, threshold } = start.body;
  // The message's schema says so, too. A plan decides where the token goes: it is asked again where it is
  // used.
  if ((method === 'pgp') !== (publicKey !== undefined) || (method === 'otp') !== (sealedOtp !== undefined)) {
    throw new CeremonyError(
      'method',
      'The plan must hold exactly one of a PGP key and a one-time password, the one that its method says: a server that is given both uses the password. Ask the officer to make it again.',
    );
  }
  const roster = start.body.roster.map(participantOnDisk);
  if (new Set(roster.map(({ fingerprint }) => fingerprint)).size !== roster.length) {
    throw new CeremonyError(
      'named-twice',
      'The plan names one person twice on its roster. Release nothing, and tell the officer.',
    );
  }
  // Every sentence about a person has their name: two who share one could be blamed for each other's deeds.
  if (new Set(roster.map(({ name }) => nameKey(name))).size !== roster.length) {
    throw new CeremonyError(
      'named-twice',
      'The plan gives two people on its roster one name, or names that look alike. Release nothing, and tell the officer.',
    );
  }
  if (roster.every(({ givesTo }) => givesTo === undefined)) {
    throw new CeremonyError(
      'no-station',
      "The plan doesn't say which station takes whose share, as those of an earlier Airlock don't. Ask the officer to plan the ceremony anew, with this version.",
    );
  }
  requireTasks(
    start.body.tasks,
    roster,
    { tokenKind: start.body.tokenKind, namespace: start.body.server.namespace },
    'The officer’s laptop should not have let that pass. Release nothing, and tell the officer.',
  );
  if (amendment !== null) requireOfPlan(amendment, start, startDigest);
  const steps = amendment === null ? [] : amendment.body.steps.map(stepOnDisk);
  const stated = (amendment ?? start).body.quorumAtOneStation === true;
  requireSafeGiving(roster, steps, threshold, stated);
  return { roster, steps, alone: whoSeesQuorum(roster, steps, threshold) };
}

/**
 * Holds the names on a roster against those by which keys are known here, the own person's included: a plan
 * that swaps two names would have everyone speak of the wrong person. A name that nobody has here is left to
 * the plan. Throws `CeremonyError` 'other-name'.
 */
export function requireKnownNames(
  { body }: Envelope<'start'>,
  known: readonly { readonly name: string; readonly fingerprint: Uint8Array }[],
): void {
  for (const { name, fingerprint } of body.roster) {
    const namesake = known.find((person) => nameKey(person.name) === nameKey(name));
    if (namesake === undefined || equalBytes(namesake.fingerprint, fingerprint)) continue;
    throw new CeremonyError(
      'other-name',
      `The plan calls somebody ${name} whose key is not that of the ${namesake.name} known here. Release nothing, and tell the officer and ${namesake.name}.`,
    );
  }
}

function requireOfPlan(
  { ceremony, prev, from }: Envelope<'amendment'>,
  start: Envelope<'start'>,
  startDigest: Uint8Array,
): void {
  const isOfPlan =
    ceremony !== null &&
    start.ceremony !== null &&
    equalBytes(ceremony, start.ceremony) &&
    prev !== null &&
    equalBytes(prev, startDigest) &&
    equalBytes(from, start.from);
  if (isOfPlan) return;
  throw new CeremonyError(
    'other-plan',
    'This amendment changes another plan than this one, or is not by its officer. Nothing of it counts. Ask the officer for the amendment of this ceremony.',
  );
}

/** A step of an amendment with its fingerprints in hex. */
export const stepOnDisk = (step: Envelope<'amendment'>['body']['steps'][number]): StepIn => ({
  reserve: toHex(step.reserve),
  insteadOf: toHex(step.insteadOf),
  givesTo: toHex(step.givesTo),
});
