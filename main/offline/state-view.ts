import { existsSync } from 'node:fs';
import { equalBytes, fromHex, toHex } from '../../shared/bytes';
import type { AppState } from '../../shared/ipc/offline/app-state';
import type { CustodyView } from '../../shared/ipc/offline/custody';
import type { SignedMessage } from '../../shared/message/wire';
import { ceremonyWords } from '../../shared/words';
import { type CeremonySurroundings, commonStateView, type StationSnapshot } from '../station/state-view';
import { listPeople } from '../store/people';
import type { OfflineCeremony, UnreadableCeremony } from './ceremony-list';
import { custodianView } from './custodian/view';
import type { OfflineView } from './network-desk';
import { OfficerDesk } from './officer/desk';
import { officerView } from './officer/view';
import type { Desk } from './open-ceremony';
import { isRemovable } from './removable';

/** What the desktop knows and the station doesn't, for the state that its window shows. */
export interface Surroundings {
  readonly electron: string;
  readonly offline: OfflineView;
}

export interface LaptopSnapshot extends StationSnapshot, Surroundings {
  readonly ceremonies: readonly (OfflineCeremony | UnreadableCeremony)[];
  /** The open ceremony, and what surrounds it. */
  readonly desk: Desk | null;
  readonly surroundings: CeremonySurroundings;
  readonly custody: CustodyView;
  readonly scripts: AppState['scripts'];
  /** The person goes on with the network that the laptop has. */
  readonly goesOn: boolean;
  /** Outcomes kept without a ceremony's folder, in which something is for this person. */
  readonly witnessed: readonly SignedMessage<'outcome'>[];
}

/** What the window shows of a laptop. It is built from facts that are no secrets. */
export const stateView = (laptop: LaptopSnapshot): AppState => ({
  ...commonStateView(laptop),
  offline: { ...laptop.offline, goesOn: laptop.goesOn },
  ceremonies: laptop.ceremonies.map((state) => summary(laptop.home, state)),
  ceremony: laptop.desk && ceremonyView(laptop.desk, laptop.surroundings),
  custody: laptop.custody,
  scripts: laptop.scripts,
  brought: laptop.witnessed.map((outcome) => broughtView(laptop.home, outcome)),
});

function broughtView(
  home: LaptopSnapshot['home'],
  { digest, envelope }: SignedMessage<'outcome'>,
): AppState['brought'][number] {
  const { from, ceremony, body } = envelope;
  const operator = listPeople(home).find(({ fingerprint }) => equalBytes(fingerprint, from));
  return {
    digest: toHex(digest),
    words: ceremony === null ? '' : ceremonyWords(ceremony),
    operator: operator?.name ?? 'Someone no longer known here',
    proof: body.proof,
  };
}

const ceremonyView = (desk: Desk, surroundings: CeremonySurroundings): AppState['ceremony'] =>
  desk instanceof OfficerDesk ? officerView(desk, surroundings) : custodianView(desk, surroundings);

function summary(
  home: LaptopSnapshot['home'],
  state: LaptopSnapshot['ceremonies'][number],
): AppState['ceremonies'][number] {
  const { id, role, updatedAt } = state;
  const signedOff = existsSync(home.ceremony(id).checkpoint);
  const common = { id, words: ceremonyWords(fromHex(id)), role, updatedAt, signedOff };
  if (role === 'unreadable') return { ...common, title: '', step: '', rehearsal: false, removable: false };
  const { title, rehearsal } = role === 'officer' ? state.draft : state;
  return { ...common, title, step: state.step, rehearsal, removable: isRemovable(home, state) };
}
