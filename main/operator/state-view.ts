import { fromHex, toHex } from '../../shared/bytes';
import { nonceOf } from '../../shared/ceremony/operator';
import type { OnlineState } from '../../shared/ipc/online/app-state';
import type { HandedView } from '../../shared/ipc/online/handed';
import type { TokenRun } from '../../shared/task/run';
import type { JournalLine } from '../../shared/transcript/event';
import { nonceWords } from '../../shared/words';
import { sharesSeen } from '../online/share/record';
import { shownRun } from '../online/task/work';
import type { Outbound } from '../station/outbox';
import {
  type CeremonySurroundings,
  commonCeremonyView,
  commonStateView,
  type StationSnapshot,
} from '../station/state-view';
import { outgoingView } from '../station/view';
import type { UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { listPeople } from '../store/people';
import type { Connection } from './connection';
import { alarmOf, type OpenAttempt } from './open-attempt';
import type { Proposal } from './operator-desk';
import { planFacts, proposalView } from './plan-view';

/** The ceremony that is open at the station. */
interface Open {
  readonly attempt: OpenAttempt;
  readonly identity: UnlockedIdentity;
  readonly journal: Journal;
  /** The attempt's code, while shares can be sealed to its key. */
  readonly attemptOut: Outbound | null;
  /** A token that was handed over, and the code that says what became of it. */
  readonly handed: TokenRun | null;
  readonly outcomeOut: Outbound | null;
  readonly surroundings: CeremonySurroundings;
}

export interface DeskSnapshot extends StationSnapshot {
  readonly connection: Connection;
  readonly rehearsal: OnlineState['rehearsal'];
  readonly introduction: Outbound | null;
  readonly proposal: Proposal | null;
  readonly ceremonies: OnlineState['ceremonies'];
  readonly sweep: OnlineState['sweep'];
  readonly open: Open | null;
}

/** What the window shows of an operator's station. It is built from facts that are no secrets. */
export function stateView(desk: DeskSnapshot): OnlineState {
  const { proposal, open, person } = desk;
  const own = person.current === null ? '' : toHex(person.current.fingerprint);
  return {
    ...commonStateView(desk),
    server: desk.connection.view(),
    rehearsal: desk.rehearsal,
    introduction: desk.introduction && outgoingView(desk.introduction),
    proposal: proposal && proposalView(proposal.plan, proposal.kind, own, proposal.advice),
    ceremonies: [...desk.ceremonies],
    ceremony: open && ceremonyView(desk, open),
    sweep: desk.sweep,
  };
}

function ceremonyView({ home, connection }: DeskSnapshot, open: Open): NonNullable<OnlineState['ceremony']> {
  const { attempt, identity, journal, attemptOut, surroundings } = open;
  const { state } = attempt;
  const lines = journal.entries();
  const nonce = nonceOf(state);
  const facts = planFacts(attempt.start.envelope, attempt.plan, toHex(identity.fingerprint), lines, nonce);
  const result = attempt.resultOut();
  const awaited = facts.givers.some(({ fate }) => fate === 'awaited');
  return {
    ...facts,
    ...commonCeremonyView(
      { idBytes: fromHex(state.id), paths: home.ceremony(state.id), lines },
      surroundings,
    ),
    title: state.title,
    rehearsal: state.rehearsal,
    attemptWords: nonce === '' ? null : nonceWords(nonce),
    step: state.step,
    nonce,
    required: state.required,
    progress: progressOf(connection, state, nonce),
    sharesSeenHere: sharesSeen(journal),
    attempt: attemptOut && outgoingView(attemptOut),
    result: result && outgoingView(result),
    alarm: alarmOf(state, connection.facts, connection.problem, awaited),
    revoked: proofIn(lines),
    handed: handedOf(home, open),
  };
}

function handedOf(
  home: DeskSnapshot['home'],
  { attempt, identity, handed, outcomeOut }: Open,
): HandedView | null {
  if (handed === null) return null;
  const people = [...listPeople(home), identity];
  const { tasks, ...shown } = shownRun(handed, attempt.start.envelope.body.tasks, people);
  return {
    ...shown,
    tasks: tasks.map(({ stand, safeAgain, ...task }) => ({ shown: task, stand, safeAgain })),
    outcome: outcomeOut && outgoingView(outcomeOut),
  };
}

/** As the server said last, where it speaks of this attempt; else as this station has it on disk. */
function progressOf({ facts }: Connection, state: OpenAttempt['state'], nonce: string): number {
  if (facts?.attempt.open === true && facts.attempt.nonce === nonce) return facts.attempt.progress;
  if (state.step === 'finished') return state.required;
  return 'progress' in state ? state.progress : 0;
}

const proofIn = (lines: readonly JournalLine[]): string | null =>
  lines.flatMap((line) => (line.event === 'token-revoked' ? [line.data.proof] : [])).at(-1) ?? null;
