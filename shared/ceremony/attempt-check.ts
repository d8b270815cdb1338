import { equalBytes, toHex } from '../bytes';
import type { ServerIdentity, ShareKind } from '../message/body';
import type { Envelope } from '../message/envelope';
import { CeremonyError } from './ceremony-error';
import type { CustodianCeremony, Release } from './custodian';
import { aloneSentence, mostSeen, stationOf } from './giving';
import { inNamespace } from './namespace';
import { requireSoundPlan, type SoundPlan } from './plan-check';
import { shareKindName, shareKindSentence } from './share-kind';
import { DEFAULT_TOKEN_MINUTES } from './token-minutes';

export interface AttemptEvidence {
  readonly attempt: Envelope<'attempt'>;
  readonly attemptDigest: Uint8Array;
  /** The officer's start message that the attempt carries, its signature already verified. */
  readonly start: Envelope<'start'>;
  readonly startDigest: Uint8Array;
  /** The amendment that the attempt carries, verified as the officer's; null where it carries none. */
  readonly amendment: Envelope<'amendment'> | null;
  /** Name of the verified signer of the start message, as known to this laptop. */
  readonly officer: string;
  /** Name of the verified signer of the attempt message, as known to this laptop. */
  readonly operator: string;
  /** The custodian's own fingerprint. */
  readonly self: Uint8Array;
  /** Lower-case hex fingerprint of the public key in the start message; null with an OTP. */
  readonly keyFingerprint: string | null;
  /** What this custodian released so far in the ceremony. */
  readonly released: readonly Release[];
}

/** One thing that this laptop found out about an attempt. Not `ok`: a person has to weigh it. */
interface Check {
  readonly ok: boolean;
  readonly text: string;
}

/** The facts of an attempt that a custodian is asked to agree to. */
export type AttemptFacts = Omit<
  CustodianCeremony,
  'v' | 'role' | 'step' | 'released' | 'releasedBefore' | 'updatedAt'
>;

/**
 * Holds an attempt against the officer's start message before a custodian sees it. Throws `CeremonyError`
 * 'not-on-roster', 'gives-elsewhere', those of `requireSoundPlan`, 'other-plan', 'other-server', 'other-key'
 * or 'other-threshold' where releasing a share could never be right. What a person has to weigh comes back
 * among the `checks`.
 */
export function checkAttempt(evidence: AttemptEvidence): AttemptFacts {
  const { attempt, start } = evidence;
  const { body } = start;
  requireRoster(
    start,
    attempt.from,
    'operator',
    `${evidence.operator} signed the attempt as the station's operator`,
  );
  requireRoster(start, start.from, 'officer', `${evidence.officer} signed the plan as its officer`);
  requireRoster(start, evidence.self, 'custodian', 'You hold this laptop');
  const plan = requireSoundPlan(start, evidence.startDigest, evidence.amendment);
  if (
    attempt.ceremony === null ||
    start.ceremony === null ||
    !equalBytes(attempt.ceremony, start.ceremony) ||
    attempt.prev === null ||
    !equalBytes(attempt.prev, evidence.startDigest)
  ) {
    throw new CeremonyError(
      'other-plan',
      'This attempt carries the plan of another ceremony. Release nothing, and tell the officer.',
    );
  }
  if (nameOf(attempt.body.server) !== nameOf(body.server)) {
    throw new CeremonyError(
      'other-server',
      `The attempt runs on another server (${nameOf(attempt.body.server)}) than the plan names (${nameOf(body.server)}). Release nothing, and tell the officer.`,
    );
  }
  if (attempt.body.pgpFingerprint.toLowerCase() !== (evidence.keyFingerprint ?? '')) {
    throw new CeremonyError(
      'other-key',
      'The server would hide the token for another key than the plan names: it would go to someone else. Release nothing, and tell the officer.',
    );
  }
  if (attempt.body.required !== body.threshold) {
    throw new CeremonyError(
      'other-threshold',
      `The server asks for ${attempt.body.required} shares, but the plan says ${body.threshold}. Release nothing, and tell the officer.`,
    );
  }
  requireStation(plan, evidence);
  const before = evidence.released.find((release) => release.nonce === attempt.body.nonce);
  return {
    id: toHex(start.ceremony),
    title: body.title,
    purpose: body.purpose,
    ticket: body.ticket,
    tasks: [...body.tasks],
    tokenMinutes: body.tokenMinutes ?? DEFAULT_TOKEN_MINUTES,
    roster: [...plan.roster],
    method: body.method,
    tokenKind: body.tokenKind,
    rehearsal: body.rehearsal,
    server: attempt.body.server,
    threshold: body.threshold,
    officer: toHex(start.from),
    start: toHex(evidence.startDigest),
    attempt: attemptInHand(attempt, evidence.attemptDigest),
    checks: [
      { ok: true, text: `The plan is signed by ${evidence.officer}, who is known to you` },
      { ok: true, text: `The attempt is signed by ${evidence.operator}, who is on the roster` },
      {
        ok: true,
        text:
          body.method === 'pgp'
            ? 'The result goes to the key in the plan'
            : 'The result is hidden by the one-time password in the plan',
      },
      {
        ok: true,
        text:
          body.server.namespace === undefined
            ? 'The server is the one in the plan'
            : `The server and its namespace ${body.server.namespace} are those in the plan`,
      },
      ...shareKindCheck(body.server.shareKind, attempt.body.server.shareKind),
      stationCheck(plan, evidence),
      ...aloneCheck(plan),
      before === undefined
        ? { ok: true, text: 'Not released by you before' }
        : {
            ok: false,
            text: `You released a share for this attempt before, at ${before.at.slice(11, 16)} UTC. Do it again only if the operator says that the server refused the shares.`,
          },
    ],
  };
}

/** What a custodian's state keeps of an attempt message: all of it follows from the message. */
export const attemptInHand = (
  { body, from }: Pick<Envelope<'attempt'>, 'body' | 'from'>,
  digest: Uint8Array,
): CustodianCeremony['attempt'] => ({
  digest: toHex(digest),
  nonce: body.nonce,
  required: body.required,
  progress: body.progress,
  pgpFingerprint: body.pgpFingerprint,
  operator: toHex(from),
  station: body.station.label,
  sealingKey: toHex(body.station.sealingKey),
  expiresAt: body.station.expiresAt,
});

function requireRoster(start: Envelope<'start'>, fingerprint: Uint8Array, role: string, who: string): void {
  if (start.body.roster.some((person) => person.role === role && equalBytes(person.fingerprint, fingerprint)))
    return;
  throw new CeremonyError(
    'not-on-roster',
    `${who}, but the plan's roster has no such ${role}. Release nothing, and tell the officer.`,
  );
}

/** A custodian seals to the station that the plan names for them, and to no other. */
function requireStation({ roster, steps }: SoundPlan, { attempt, self, operator }: AttemptEvidence): void {
  const station = stationOf(roster, steps, toHex(self));
  if (station === null) {
    const stepped = steps.find(({ insteadOf }) => insteadOf === toHex(self));
    throw new CeremonyError(
      'gives-elsewhere',
      stepped === undefined
        ? 'By the plan you are a reserve: your share is not asked for. Release nothing. Should the officer need it, the attempt code will say so.'
        : "By the officer's amendment a reserve gives instead of you: your share is not asked for any more. Release nothing.",
    );
  }
  if (station.operator === toHex(attempt.from)) return;
  throw new CeremonyError(
    'gives-elsewhere',
    `By the plan your share goes to ${nameIn(roster, station.operator)}, and this attempt code is of ${operator}. Release nothing here: ask for the attempt code of ${nameIn(roster, station.operator)}. Should somebody have told you otherwise, tell the officer.`,
  );
}

function stationCheck({ roster, steps }: SoundPlan, { start, attempt, operator }: AttemptEvidence): Check {
  const seen = mostSeen(roster, steps).get(toHex(attempt.from)) ?? 0;
  return {
    ok: true,
    text: `By the plan your share goes to ${operator}, who sees ${seen} of the ${start.body.threshold} that are needed`,
  };
}

/** The custodian holds one kind of key, and has to know which one is asked for. */
function shareKindCheck(planned: ShareKind | undefined, asked: ShareKind | undefined): Check[] {
  if (asked === undefined) return [];
  if (planned === undefined || planned === asked) return [{ ok: true, text: shareKindSentence(asked) }];
  return [
    {
      ok: false,
      text: `The plan counts on ${shareKindName(planned)}, but the server wants ${shareKindName(asked)} now.`,
    },
  ];
}

function aloneCheck({ alone }: SoundPlan): Check[] {
  if (alone.length === 0) return [];
  const names = alone.map(({ name }) => name);
  return [{ ok: false, text: `By this plan ${aloneSentence(names)}. The officer states that it may be so.` }];
}

const nameIn = (roster: SoundPlan['roster'], fingerprint: string): string =>
  roster.find((person) => person.fingerprint === fingerprint)?.name ?? 'another station';

/** What a server is told apart by: its cluster, or its address where it names none; and the namespace. */
const nameOf = (server: ServerIdentity): string =>
  (server.clusterId === '' ? server.address : `cluster ${server.clusterId}`) + inNamespace(server);
