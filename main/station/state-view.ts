import { toHex } from '../../shared/bytes';
import type { CommonCeremony, CommonState } from '../../shared/ipc/common-state';
import type { JournalLine } from '../../shared/transcript/event';
import { eventWords } from '../../shared/transcript/event-words';
import { ceremonyWords, digestWords } from '../../shared/words';
import { personFileName } from '../store/file-name';
import type { CeremonyPaths, Home } from '../store/home';
import { readIdentity } from '../store/identity';
import type { Log } from '../store/log';
import { listPeople } from '../store/people';
import { type Checkpoint, signersOf } from '../store/sign-off';
import type { Reading } from './intake/inbox';
import { logsView } from './logs';
import type { Outbound } from './outbox';
import type { PersonDesk } from './person';
import { outgoingView, type PersonFacts, personView } from './view';
import type { WitnessDesk } from './witness';

/** What a window shows of every station comes from these. */
export interface StationSnapshot {
  readonly version: string;
  readonly electron: string;
  readonly home: Home;
  readonly person: PersonDesk;
  readonly witness: WitnessDesk;
  readonly logs: readonly Log[];
  readonly followed: CommonState['followed'];
  readonly reading: Reading | null;
  readonly lockedAfter: number | null;
}

/** What the windows of both apps show of their station. It is built from facts that are no secrets. */
export function commonStateView(station: StationSnapshot): Omit<CommonState, 'ceremony'> {
  const { home, person, witness, reading } = station;
  const identity = readIdentity(home);
  const { outbound, pending, pendingChange } = person;
  const { toSign, outbound: signed } = witness;
  return {
    version: station.version,
    electron: station.electron,
    stationLabel: identity?.station ?? '',
    lockedAfter: station.lockedAfter,
    identity: identity && {
      ...personView(identity),
      unlocked: person.current !== null,
      mayStartOver: person.mayStartOver,
      backedUpTo: person.backedUpTo,
      restoredFrom: person.restoredFrom,
      outgoing: outbound && outgoingView(outbound),
    },
    people: listPeople(home).map(personView),
    pendingPerson: pending && {
      ...personView({ ...pending.envelope.body, fingerprint: pending.envelope.from }),
      change: pendingChange,
    },
    toSign: toSign && {
      digest: toHex(toSign.digest),
      words: digestWords(toSign.digest),
      text: toSign.text,
      from: toSign.from,
      outgoing: signed && outgoingView(signed),
    },
    logs: logsView(station.logs),
    followed: [...station.followed],
    reading: reading && { ...reading, seen: [...reading.seen] },
  };
}

/** What surrounds a ceremony on its station, as far as the view of it needs that. */
export interface CeremonySurroundings {
  /** This station's person, and whom they know. */
  readonly people: readonly PersonFacts[];
  /** The checkpoint, once signed off, and the message that asks others to sign it. */
  readonly checkpoint: Checkpoint | null;
  readonly checkpointCode: Outbound | null;
  /** The message that carries the closed journal, once it was asked for. */
  readonly logCode: Outbound | null;
  /** The message that carries the journal so far, once it was asked for. */
  readonly liveCode: Outbound | null;
}

/** One ceremony as it lies on a station's disk. */
export interface CeremonyOnDisk {
  readonly idBytes: Uint8Array;
  readonly paths: CeremonyPaths;
  readonly lines: readonly JournalLine[];
}

/** What is shown of every ceremony, whoever takes part in it and wherever it stands. */
export function commonCeremonyView(
  { idBytes, paths, lines }: CeremonyOnDisk,
  { people, checkpoint, checkpointCode, logCode, liveCode }: CeremonySurroundings,
): Pick<CommonCeremony, 'id' | 'words' | 'events' | 'live' | 'checkpoint'> {
  return {
    id: toHex(idBytes),
    words: ceremonyWords(idBytes),
    events: lines.map((line) => ({ at: line.at, ...eventWords(line) })),
    live: liveCode && outgoingView(liveCode),
    checkpoint:
      checkpoint === null || checkpointCode === null
        ? null
        : {
            words: digestWords(checkpoint.digest),
            outgoing: outgoingView(checkpointCode),
            log: logCode && outgoingView(logCode),
            signers: signersOf(paths).map(
              (file) => people.find((person) => personFileName(person) === file)?.name ?? file,
            ),
          },
  };
}
