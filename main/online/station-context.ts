import type { Home } from '../store/home';
import { openCeremonyJournal, openHomeJournal } from '../store/home-journal';
import type { Identity, UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { version } from '../version';
import type { ServerClient } from './server/client';
import { StationError } from './station-error';

/** By which way a message came in or goes out, for the transcript. */
export type Carrier = 'file' | 'qr' | 'paste' | 'stdin';

/** What all the work of an online station needs: one person's home, one server, a clock. */
export interface StationContext {
  readonly home: Home;
  readonly identity: Identity | UnlockedIdentity;
  readonly client: ServerClient;
  readonly clock: () => Date;
}

/** What a station's record needs: no server. */
export type Recorder = Omit<StationContext, 'client'>;

/** The person at the station, able to sign. Throws `StationError` 'locked' or 'wrong-role'. */
export function signer({ identity }: Pick<StationContext, 'identity'>): UnlockedIdentity {
  if (identity.role !== 'operator') {
    throw new StationError(
      'wrong-role',
      `The identity of this home, ${identity.name}, is that of the ${identity.role}. An online station belongs to an operator: use the operator's own home.`,
      'Name it with --home.',
    );
  }
  if (!('privateKey' in identity)) {
    throw new StationError(
      'locked',
      'This step signs a message, so it needs the passphrase of the signing identity.',
    );
  }
  return identity;
}

/** The journal of one ceremony at this station. Throws `StoreError`. */
export const ceremonyJournal = (context: Recorder, ceremony: string, rehearsal: boolean): Journal =>
  openCeremonyJournal(context.home, ceremony, owner(context, rehearsal));

/** The journal of what happens at this station outside any ceremony. Throws `StoreError`. */
export const stationJournal = (context: Recorder, rehearsal: boolean): Journal =>
  openHomeJournal(context.home, owner(context, rehearsal));

const owner = ({ identity, clock }: Recorder, rehearsal: boolean) => ({
  identity,
  clock,
  rehearsal,
  program: 'airlock',
  version,
});
