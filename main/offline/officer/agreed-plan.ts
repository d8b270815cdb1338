import { toHex } from '../../../shared/bytes';
import { CeremonyError } from '../../../shared/ceremony/ceremony-error';
import { aloneSentence, whoSeesQuorum } from '../../../shared/ceremony/giving';
import {
  type ParticipantState,
  participantInMessage,
  participantOnDisk,
} from '../../../shared/ceremony/participant';
import type { PlanDraft, ServerFacts } from '../../../shared/ceremony/plan';
import { kindInPlan, serverInPlan } from '../../../shared/ceremony/plan-taken';
import { DEFAULT_TOKEN_MINUTES } from '../../../shared/ceremony/token-minutes';
import type { Body, Participant } from '../../../shared/message/body';
import { plainLine } from '../../../shared/plain-text';
import { withRevocation } from '../../../shared/task/plan-tasks';
import type { EventData } from '../../../shared/transcript/event';

/**
 * The roster of the people picked, the officer first, nobody twice; with the roles by which they are known
 * here. `picked`: fingerprints in hex. Throws `CeremonyError` 'unknown-person' where one of them is no longer
 * known.
 */
export function rosterOf(
  officer: Participant,
  people: readonly Participant[],
  picked: readonly string[],
): ParticipantState[] {
  const own = toHex(officer.fingerprint);
  const others = [...new Set(picked.map(plainHex))].filter((fingerprint) => fingerprint !== own);
  return [
    participantOnDisk(officer),
    ...others.map((fingerprint) => {
      const person = people.find((known) => toHex(known.fingerprint) === fingerprint);
      if (person !== undefined) return participantOnDisk(person);
      throw new CeremonyError(
        'unknown-person',
        'Someone picked for the roster is no longer known to this laptop. Pick the people again.',
      );
    }),
  ];
}

/**
 * What the transcript says where the officer states that somebody alone may have a quorum; null where nobody
 * has. Throws `CeremonyError` 'quorum-at-one-station' where they don't state it.
 */
export function aloneException(
  roster: readonly ParticipantState[],
  threshold: number,
  { quorumAtOneStation }: PlanDraft,
): string | null {
  const alone = whoSeesQuorum(roster, [], threshold);
  if (alone.length === 0) return null;
  const sentence = aloneSentence(alone.map(({ name }) => name));
  if (quorumAtOneStation) return `By this plan ${sentence}. The officer states that it may be so.`;
  throw new CeremonyError(
    'quorum-at-one-station',
    `By this plan ${sentence}. Give the shares to more people, or state that it may be so.`,
  );
}

/** The plan as typed: each text as the one line that everyone will read, and revoking as the last task. */
export const plainDraft = (draft: PlanDraft): PlanDraft => ({
  ...draft,
  title: plainLine(draft.title),
  purpose: plainLine(draft.purpose),
  ticket: plainLine(draft.ticket),
  tasks: withRevocation(
    draft.tasks
      .map((task) => (typeof task === 'string' ? plainLine(task) : task))
      .filter((task) => task !== ''),
  ),
});

/** Hex as a person may have it: without white space, in lower case. */
const plainHex = (text: string): string => text.replace(/\s/g, '').toLowerCase();

export interface AgreedPlan {
  readonly draft: PlanDraft;
  readonly roster: readonly ParticipantState[];
  readonly server: ServerFacts;
}

/** What the transcript says of a plan that was agreed on. */
export const planForTranscript = ({ draft, roster, server }: AgreedPlan): EventData<'plan-agreed'> => ({
  title: draft.title,
  purpose: draft.purpose,
  ticket: draft.ticket,
  method: draft.method,
  ...kindInPlan(draft.tokenKind),
  server: server.address,
  cluster: server.clusterId,
  ...serverInPlan(server),
  threshold: server.threshold,
  tasks: draft.tasks,
  roster: [...roster],
  sameStationAllowed: draft.sameStationAllowed,
  ...(whoSeesQuorum(roster, [], server.threshold).length > 0 ? { quorumAtOneStation: true } : {}),
});

/** The start message's body: the plan, and the public key or the sealed OTP. */
export function startBody(
  { draft, roster, server }: AgreedPlan,
  secret: { readonly publicKey?: Uint8Array; readonly sealedOtp?: Uint8Array },
): Body<'start'> {
  const { address, version, clusterId, clusterName } = server;
  const besides = serverInPlan(server);
  return {
    title: draft.title,
    purpose: draft.purpose,
    ticket: draft.ticket,
    tokenKind: draft.tokenKind,
    method: draft.method,
    ...secret,
    sameStationAllowed: draft.sameStationAllowed,
    otpLength: server.otpLength,
    threshold: server.threshold,
    server: { address, version, clusterId, clusterName, ...besides },
    tasks: draft.tasks,
    // Left out where it is the usual time: earlier versions read such a start, too.
    ...(draft.tokenMinutes === DEFAULT_TOKEN_MINUTES ? {} : { tokenMinutes: draft.tokenMinutes }),
    roster: roster.map(participantInMessage),
    ...(whoSeesQuorum(roster, [], server.threshold).length > 0 ? { quorumAtOneStation: true as const } : {}),
    rehearsal: draft.rehearsal,
  };
}
