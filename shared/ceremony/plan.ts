import { z } from 'zod';
import { methodSchema, shareKindSchema, tokenKindSchema } from '../message/body';
import { templateTask } from '../task/task';
import { type TokenKind, tokenKindWords } from '../token/token-kind';
import { CeremonyError } from './ceremony-error';
import { requireSafeGiving, sharesOf } from './giving';
import type { ParticipantState } from './participant';
import { requireTasks } from './planned-tasks';
import { DEFAULT_TOKEN_MINUTES, MOST_TOKEN_MINUTES } from './token-minutes';

/**
 * The fields of a task as they are typed, by their names. `at`: the place of the task in the plan that is
 * being changed; null for a new one.
 */
const taskInHand = z.strictObject({
  template: z.string().max(40),
  at: z.int().min(0).max(11).nullable(),
  fields: z.record(z.string().max(40), z.union([z.string().max(20_000), z.boolean()])),
});
export type TaskInHand = z.infer<typeof taskInHand>;

/**
 * The plan as far as the officer has filled it in. It is kept while they type, also when the app is closed.
 */
export const planDraft = z.object({
  title: z.string().max(80),
  purpose: z.string().max(300),
  ticket: z.string().max(80),
  method: methodSchema,
  /** Drafts of the version before have none. */
  tokenKind: tokenKindSchema.default('root'),
  /** Lines are of what is done by hand; earlier versions had them alone. */
  tasks: z.array(z.union([z.string().max(120), templateTask])).max(12),
  /** How long the token may be in somebody's hands. Drafts of earlier versions have none. */
  tokenMinutes: z.int().min(1).max(MOST_TOKEN_MINUTES).default(DEFAULT_TOKEN_MINUTES),
  /** A task that is being filled in, and not of the plan yet. */
  taskInHand: taskInHand.nullable().default(null),
  /**
   * Fingerprints (hex without spaces) of the people picked. The officer takes part always, and need not be
   * picked.
   */
  roster: z.array(z.string()),
  /**
   * Where a custodian gives, as the officer chose: an operator's fingerprint, or '' for a reserve. Others are
   * proposed.
   */
  stations: z.record(z.string(), z.string()).default({}),
  /** How many shares a custodian holds, where it is more than one. */
  shares: z.record(z.string(), z.int().min(2).max(16)).default({}),
  /** The officer states that one person alone may have a whole quorum. */
  quorumAtOneStation: z.boolean().default(false),
  sameStationAllowed: z.boolean(),
  rehearsal: z.boolean(),
});
export type PlanDraft = z.infer<typeof planDraft>;

const time = z.string();

/**
 * What the officer knows of the server: from a station message, or typed in by hand. Binary values are hex.
 */
export const serverFacts = z.strictObject({
  address: z.string(),
  version: z.string(),
  clusterId: z.string(),
  clusterName: z.string(),
  namespace: z.string().optional(),
  shareKind: shareKindSchema.optional(),
  /** What the server makes, as its station says; left out: a root token, or typed in by hand. */
  tokenKind: tokenKindSchema.optional(),
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

/** An empty plan, as a new ceremony has it. */
export const emptyPlan = (rehearsal: boolean): PlanDraft => ({
  title: '',
  purpose: '',
  ticket: '',
  method: 'pgp',
  tokenKind: 'root',
  tasks: [{ task: 'revoke-self' }],
  tokenMinutes: DEFAULT_TOKEN_MINUTES,
  taskInHand: null,
  roster: [],
  stations: {},
  shares: {},
  quorumAtOneStation: false,
  sameStationAllowed: false,
  rehearsal,
});

/**
 * The server of a plan that is complete. Throws `CeremonyError`: 'no-server', 'plan-incomplete' where a text
 * is missing that custodians read, 'task-in-hand', 'quorum-too-small', 'token-kind', 'no-operator', and those
 * of `requireTasks` and `requireSafeGiving`. A plan whose server was typed in by hand and that has no
 * operator says nothing of stations: its shares go by the plain command line.
 */
export function completePlan(
  draft: PlanDraft,
  roster: readonly ParticipantState[],
  server: ServerFacts | null,
): ServerFacts {
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
  if (draft.taskInHand !== null) {
    throw new CeremonyError(
      'task-in-hand',
      'A task is begun that is not in the plan yet. Finish it, or drop it.',
    );
  }
  const { tokenKind } = draft;
  requireTasks(draft.tasks, roster, { tokenKind, namespace: server.namespace }, 'Change that task.');
  const custodians = roster
    .filter((person) => person.role === 'custodian')
    .reduce((sum, person) => sum + sharesOf(person), 0);
  if (custodians < server.threshold) {
    throw new CeremonyError(
      'quorum-too-small',
      `The server needs ${server.threshold} shares, and the custodians on the roster hold ${custodians}. Add custodians to the roster.`,
    );
  }
  const { station } = server;
  if (station !== null) requireKind(draft.tokenKind, server.tokenKind ?? 'root');
  if (
    station !== null &&
    !roster.some(({ role, fingerprint }) => role === 'operator' && fingerprint === station.operator)
  ) {
    throw new CeremonyError(
      'no-operator',
      `The operator of ${station.label} isn't on the roster, so their answers would be refused. Add them.`,
    );
  }
  if (station !== null || roster.some(({ role }) => role === 'operator'))
    requireSafeGiving(roster, [], server.threshold, draft.quorumAtOneStation);
  return server;
}

/** A server makes one kind of token, by the mode that it runs in. */
function requireKind(planned: TokenKind, made: TokenKind): void {
  if (planned === made) return;
  throw new CeremonyError(
    'token-kind',
    `The plan asks for ${tokenKindWords(planned).one}, but its station speaks to ${tokenKindWords(made).made}, which makes ${tokenKindWords(made).one}. Plan that one, or take the code of a station at ${tokenKindWords(planned).made}.`,
  );
}
