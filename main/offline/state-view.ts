import { fromHex, toHex } from '../../shared/bytes';
import type { AppState } from '../../shared/ipc/offline/app-state';
import type { CustodyView } from '../../shared/ipc/offline/custody';
import type { SignedMessage } from '../../shared/message/wire';
import { ceremonyWords, digestWords } from '../../shared/words';
import type { Reading } from '../station/intake/inbox';
import type { Outbound } from '../station/outbox';
import { outgoingView, personView } from '../station/view';
import type { Identity } from '../store/identity';
import type { Person } from '../store/people';
import type { Checkpoint } from '../store/sign-off';
import type { CheckpointToSign } from '../store/witnessing';
import type { OfflineCeremony, UnreadableCeremony } from './ceremony-list';
import type { CeremonySurroundings } from './ceremony-view';
import { custodianView } from './custodian/view';
import { OfficerDesk } from './officer/desk';
import { officerView } from './officer/view';
import type { Desk } from './open-ceremony';

/** What the desktop knows and the station doesn't, for the state that its window shows. */
export interface Surroundings {
  readonly electron: string;
  readonly offline: AppState['offline'];
}

export interface StationSnapshot extends Surroundings {
  readonly version: string;
  readonly identity: Identity | null;
  readonly unlocked: boolean;
  /** This person's own identity message; null while locked. */
  readonly ownCode: Outbound | null;
  readonly people: readonly Person[];
  readonly pending: SignedMessage<'identity'> | null;
  readonly pendingChange: string | null;
  readonly ceremonies: readonly (OfflineCeremony | UnreadableCeremony)[];
  /** The open ceremony. */
  readonly desk: Desk | null;
  readonly checkpoint: Checkpoint | null;
  readonly checkpointCode: Outbound | null;
  readonly custody: CustodyView;
  readonly toSign: CheckpointToSign | null;
  readonly signed: Outbound | null;
  readonly reading: Reading | null;
}

/** What the window shows of a station. It is built from facts that are no secrets. */
export function stateView(station: StationSnapshot): AppState {
  const { identity, pending, toSign, reading } = station;
  return {
    version: station.version,
    electron: station.electron,
    stationLabel: identity?.station ?? '',
    offline: station.offline,
    identity: identity && {
      ...personView(identity),
      unlocked: station.unlocked,
      outgoing: station.ownCode && outgoingView(station.ownCode),
    },
    people: station.people.map(personView),
    pendingPerson: pending && {
      ...personView({ ...pending.envelope.body, fingerprint: pending.envelope.from }),
      change: station.pendingChange,
    },
    ceremonies: station.ceremonies.map(summary),
    ceremony: station.desk && ceremonyView(station.desk, station),
    custody: station.custody,
    toSign: toSign && {
      digest: toHex(toSign.digest),
      words: digestWords(toSign.digest),
      text: toSign.text,
      from: toSign.from,
      outgoing: station.signed && outgoingView(station.signed),
    },
    reading: reading && { ...reading, seen: [...reading.seen] },
  };
}

function ceremonyView(desk: Desk, station: StationSnapshot): AppState['ceremony'] {
  const { identity, people, checkpoint, checkpointCode } = station;
  const surroundings: CeremonySurroundings = {
    people: identity === null ? people : [identity, ...people],
    checkpoint,
    checkpointCode,
  };
  return desk instanceof OfficerDesk ? officerView(desk, surroundings) : custodianView(desk, surroundings);
}

function summary(state: StationSnapshot['ceremonies'][number]): AppState['ceremonies'][number] {
  const { id, role, updatedAt } = state;
  const words = ceremonyWords(fromHex(id));
  if (role === 'unreadable') return { id, words, title: '', role, step: '', rehearsal: false, updatedAt };
  const { title, rehearsal } = role === 'officer' ? state.draft : state;
  return { id, words, title, role, step: state.step, rehearsal, updatedAt };
}
