import { fromHex, toHex } from '../../shared/bytes';
import type { CustodianCeremony } from '../../shared/ceremony/custodian';
import type { OfficerCeremony } from '../../shared/ceremony/officer';
import type {
  AppState,
  CustodianView,
  OfficerView,
  OutgoingView,
  PersonView,
} from '../../shared/ipc/app-state';
import { type SignedMessage, wireBytes } from '../../shared/message/wire';
import { makeOutgoing } from '../../shared/qr/ur';
import { eventWords } from '../../shared/transcript/event-words';
import { ceremonyWords, digestWords, fingerprintWords, nonceWords } from '../../shared/words';
import { personFileName } from '../store/file-name';
import type { Identity } from '../store/identity';
import type { Person } from '../store/people';
import { type Checkpoint, signersOf } from '../store/sign-off';
import type { CheckpointToSign } from '../store/witnessing';
import type { UnreadableCeremony } from './ceremony-list';
import type { CustodianDesk } from './custodian/desk';
import type { Reading } from './intake/inbox';
import type { OfficerDesk } from './officer/desk';
import type { Surroundings } from './offline-station';
import type { Outbound } from './outbox';

export interface StationSnapshot extends Surroundings {
  readonly version: string;
  readonly identity: Identity | null;
  readonly unlocked: boolean;
  readonly people: readonly Person[];
  readonly pending: SignedMessage<'identity'> | null;
  readonly pendingChange: string | null;
  readonly ceremonies: readonly (OfficerCeremony | CustodianCeremony | UnreadableCeremony)[];
  readonly officer: OfficerDesk | null;
  readonly custodian: CustodianDesk | null;
  readonly checkpoint: Checkpoint | null;
  readonly checkpointCode: SignedMessage<'checkpoint'> | null;
  readonly custody: AppState['custody'];
  readonly toSign: CheckpointToSign | null;
  readonly signed: SignedMessage<'signature'> | null;
  readonly reading: Reading | null;
  readonly outbound: ReadonlyMap<string, Outbound>;
}

/** Hex in upper-case groups of four, for reading aloud. */
const grouped = (hex: string): string => (hex.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');

const personView = (person: Pick<Person, 'name' | 'role' | 'fingerprint'>): PersonView => ({
  name: person.name,
  role: person.role,
  fingerprint: grouped(toHex(person.fingerprint)),
  words: fingerprintWords(person.fingerprint),
});

/** What the window shows of a station. It is built from facts that are no secrets. */
export function stateView(station: StationSnapshot): AppState {
  const out = (digest: string | null): OutgoingView | null => {
    const entry = digest === null ? undefined : station.outbound.get(digest);
    return entry === undefined ? null : outgoingView(entry);
  };
  const outMessage = (message: SignedMessage | null): OutgoingView | null =>
    out(message === null ? null : toHex(message.digest));
  const identityEntry = [...station.outbound.values()].find(
    (entry) => entry.message.envelope.type === 'identity',
  );
  return {
    version: station.version,
    electron: station.electron,
    stationLabel: station.identity?.station ?? '',
    offline: station.offline,
    identity:
      station.identity === null
        ? null
        : {
            ...personView(station.identity),
            unlocked: station.unlocked,
            outgoing: identityEntry === undefined ? null : outgoingView(identityEntry),
          },
    people: station.people.map(personView),
    pendingPerson:
      station.pending === null
        ? null
        : {
            ...personView({ ...station.pending.envelope.body, fingerprint: station.pending.envelope.from }),
            change: station.pendingChange,
          },
    ceremonies: station.ceremonies.map(summary),
    ceremony: station.officer
      ? officerView(station.officer, station, out)
      : station.custodian
        ? custodianView(station.custodian, station, out)
        : null,
    custody: station.custody,
    toSign:
      station.toSign === null
        ? null
        : {
            digest: toHex(station.toSign.digest),
            words: digestWords(station.toSign.digest),
            text: station.toSign.text,
            from: station.toSign.from,
            outgoing: outMessage(station.signed),
          },
    reading: station.reading === null ? null : { ...station.reading, seen: [...station.reading.seen] },
  };
}

function outgoingView({ message, title }: Outbound): OutgoingView {
  const bytes = wireBytes(message);
  return {
    id: toHex(message.digest),
    type: message.envelope.type,
    title,
    words: digestWords(message.digest),
    bytes: bytes.length,
    partCount: makeOutgoing(bytes).partCount,
  };
}

function summary(state: StationSnapshot['ceremonies'][number]): AppState['ceremonies'][number] {
  const { id, role, updatedAt } = state;
  const words = ceremonyWords(fromHex(id));
  if (role === 'unreadable') return { id, words, title: '', role, step: '', rehearsal: false, updatedAt };
  const { title, rehearsal } = role === 'officer' ? state.draft : state;
  return { id, words, title, role, step: state.step, rehearsal, updatedAt };
}

type Out = (digest: string | null) => OutgoingView | null;

function commonView(desk: OfficerDesk | CustodianDesk, station: StationSnapshot, out: Out) {
  const code = station.checkpointCode === null ? null : out(toHex(station.checkpointCode.digest));
  const known = station.identity === null ? station.people : [station.identity, ...station.people];
  return {
    id: desk.state.id,
    words: ceremonyWords(fromHex(desk.state.id)),
    events: desk.file.journal.entries().map((line) => ({ at: line.at, ...eventWords(line) })),
    checkpoint:
      station.checkpoint === null || code === null
        ? null
        : {
            words: digestWords(station.checkpoint.digest),
            outgoing: code,
            signers: signersOf(desk.file.paths).map(
              (file) => known.find((person) => personFileName(person) === file)?.name ?? file,
            ),
          },
  };
}

function officerView(desk: OfficerDesk, station: StationSnapshot, out: Out): OfficerView {
  const { state } = desk;
  return {
    ...commonView(desk, station, out),
    role: 'officer',
    title: state.draft.title,
    rehearsal: state.draft.rehearsal,
    step: state.step,
    draft: state.draft,
    server:
      state.server === null
        ? null
        : {
            address: state.server.address,
            version: state.server.version,
            clusterId: state.server.clusterId,
            clusterName: state.server.clusterName,
            threshold: state.server.threshold,
            shares: state.server.shares,
            otpLength: state.server.otpLength,
            station: state.server.station?.label ?? null,
            words: state.server.station === null ? null : digestWords(fromHex(state.server.station.digest)),
          },
    key:
      state.key === null
        ? null
        : {
            fingerprint: grouped(state.key.fingerprint),
            algorithm: state.key.algorithm,
            createdAt: state.key.createdAt,
          },
    otp: state.otp,
    start: out(state.start),
    attempt: state.attempt === null ? null : { ...state.attempt, words: nonceWords(state.attempt.nonce) },
    result:
      state.result === null
        ? null
        : {
            nonce: state.result.nonce,
            words: state.result.nonce === '' ? '' : nonceWords(state.result.nonce),
            signedBy: state.result.signedBy,
            takenAt: state.result.takenAt,
          },
    token: state.token === null ? null : { ...state.token, held: desk.token.isHeld },
    destroyedAt: state.destroyedAt,
  };
}

function custodianView(desk: CustodianDesk, station: StationSnapshot, out: Out): CustodianView {
  const { state } = desk;
  const officer = station.people.find((person) => toHex(person.fingerprint) === state.officer);
  return {
    ...commonView(desk, station, out),
    role: 'custodian',
    title: state.title,
    rehearsal: state.rehearsal,
    step: state.step,
    askedBy: personView(
      officer ?? {
        name: 'Someone no longer known here',
        role: 'officer',
        fingerprint: fromHex(state.officer),
      },
    ),
    purpose: state.purpose,
    ticket: state.ticket,
    tasks: state.tasks,
    method: state.method,
    server: {
      ...state.server,
      threshold: state.threshold,
      shares: 0,
      otpLength: 0,
      station: state.attempt.station,
      words: null,
    },
    station: state.attempt.station,
    nonce: state.attempt.nonce,
    nonceWords: nonceWords(state.attempt.nonce),
    startWords: digestWords(fromHex(state.start)),
    required: state.attempt.required,
    progress: state.attempt.progress,
    resultKey: state.attempt.pgpFingerprint === '' ? null : grouped(state.attempt.pgpFingerprint),
    checks: state.checks,
    share: state.share,
    outgoing: out(desk.outgoing),
    shareStands: desk.shareStands,
  };
}
