import { fromHex, toHex } from '../../shared/bytes';
import { nonceOf } from '../../shared/ceremony/operator';
import type { OnlineState } from '../../shared/ipc/online/app-state';
import type { SignedMessage } from '../../shared/message/wire';
import type { JournalLine } from '../../shared/transcript/event';
import { eventWords } from '../../shared/transcript/event-words';
import { ceremonyWords, digestWords, nonceWords } from '../../shared/words';
import { sharesSeen } from '../online/share/record';
import { ceremonyJournal } from '../online/station-context';
import type { Reading } from '../station/intake/inbox';
import type { Outbound } from '../station/outbox';
import { outgoingView, personView } from '../station/view';
import { personFileName } from '../store/file-name';
import type { Home } from '../store/home';
import type { Identity, UnlockedIdentity } from '../store/identity';
import type { Person } from '../store/people';
import { type Checkpoint, signersOf } from '../store/sign-off';
import type { CheckpointToSign } from '../store/witnessing';
import type { Connection } from './connection';
import { alarmOf, type OpenAttempt } from './open-attempt';
import type { Proposal } from './operator-desk';
import { planFacts, proposalView } from './plan-view';

export interface DeskSnapshot {
  readonly electron: string;
  readonly version: string;
  readonly home: Home;
  readonly clock: () => Date;
  readonly identity: Identity | null;
  readonly unlocked: UnlockedIdentity | null;
  readonly ownCode: Outbound | null;
  readonly people: readonly Person[];
  readonly pending: SignedMessage<'identity'> | null;
  readonly pendingChange: string | null;
  readonly toSign: CheckpointToSign | null;
  readonly signed: Outbound | null;
  readonly reading: Reading | null;
  readonly connection: Connection;
  readonly rehearsal: OnlineState['rehearsal'];
  readonly introduction: Outbound | null;
  readonly proposal: Proposal | null;
  readonly ceremonies: OnlineState['ceremonies'];
  readonly opened: OpenAttempt | null;
  readonly checkpoint: Checkpoint | null;
  readonly checkpointCode: Outbound | null;
}

/** What the window shows of an operator's station. It is built from facts that are no secrets. */
export function stateView(desk: DeskSnapshot): OnlineState {
  const { identity, pending, toSign, reading, proposal } = desk;
  const own = identity === null ? '' : toHex(identity.fingerprint);
  return {
    version: desk.version,
    electron: desk.electron,
    stationLabel: identity?.station ?? '',
    identity: identity && {
      ...personView(identity),
      unlocked: desk.unlocked !== null,
      outgoing: desk.ownCode && outgoingView(desk.ownCode),
    },
    people: desk.people.map(personView),
    pendingPerson: pending && {
      ...personView({ ...pending.envelope.body, fingerprint: pending.envelope.from }),
      change: desk.pendingChange,
    },
    toSign: toSign && {
      digest: toHex(toSign.digest),
      words: digestWords(toSign.digest),
      text: toSign.text,
      from: toSign.from,
      outgoing: desk.signed && outgoingView(desk.signed),
    },
    reading: reading && { ...reading, seen: [...reading.seen] },
    server: desk.connection.view(),
    rehearsal: desk.rehearsal,
    introduction: desk.introduction && outgoingView(desk.introduction),
    proposal: proposal && proposalView(proposal.plan, proposal.kind, own),
    ceremonies: [...desk.ceremonies],
    ceremony:
      desk.opened === null || desk.unlocked === null ? null : ceremonyView(desk, desk.opened, desk.unlocked),
  };
}

function ceremonyView(
  desk: DeskSnapshot,
  opened: OpenAttempt,
  identity: UnlockedIdentity,
): NonNullable<OnlineState['ceremony']> {
  const { home, clock, connection, checkpoint, checkpointCode } = desk;
  const { state } = opened;
  const journal = ceremonyJournal({ home, clock, identity }, state.id, state.rehearsal);
  const lines = journal.entries();
  const nonce = nonceOf(state);
  const facts = planFacts(opened.start.envelope, opened.plan, toHex(identity.fingerprint), lines, nonce);
  const attempt = connection.isOpen ? opened.attemptOut(connection.required()) : null;
  const result = opened.resultOut();
  const awaited = facts.givers.some(({ fate }) => fate === 'awaited');
  return {
    ...facts,
    id: state.id,
    words: ceremonyWords(fromHex(state.id)),
    title: state.title,
    rehearsal: state.rehearsal,
    attemptWords: nonce === '' ? null : nonceWords(nonce),
    events: lines.map((line) => ({ at: line.at, ...eventWords(line) })),
    checkpoint:
      checkpoint === null || checkpointCode === null
        ? null
        : {
            words: digestWords(checkpoint.digest),
            outgoing: outgoingView(checkpointCode),
            signers: signersOf(home.ceremony(state.id)).map(
              (file) =>
                [identity, ...desk.people].find((person) => personFileName(person) === file)?.name ?? file,
            ),
          },
    step: state.step,
    nonce,
    required: state.required,
    progress: progressOf(
      desk,
      state.step === 'finished' ? state.required : 'progress' in state ? state.progress : 0,
      nonce,
    ),
    sharesSeenHere: sharesSeen(journal),
    attempt: attempt && outgoingView(attempt),
    result: result && outgoingView(result),
    alarm: alarmOf(state, connection.facts, connection.problem, awaited),
    revoked: proofIn(lines),
  };
}

/** As the server said last, where it speaks of this attempt; else as this station has it on disk. */
function progressOf({ connection }: DeskSnapshot, onDisk: number, nonce: string): number {
  const attempt = connection.facts?.attempt;
  return attempt?.open === true && attempt.nonce === nonce ? attempt.progress : onDisk;
}

const proofIn = (lines: readonly JournalLine[]): string | null =>
  lines.flatMap((line) => (line.event === 'token-revoked' ? [line.data.proof] : [])).at(-1) ?? null;
