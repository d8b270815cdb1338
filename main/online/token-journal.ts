import type { Journal } from '../store/journal';
import { type AttemptState, chooseAttempt, listAttempts } from './attempt/state';
import { ceremonyJournal, type Recorder, stationJournal } from './station-context';
import { StationError } from './station-error';

/**
 * The ceremony in whose transcript the life of a token goes on record: the one that is named (hex), else the
 * only one whose token may live; null where this station has no ceremony at all. Throws `StationError`
 * 'several-ceremonies', 'no-ceremony', and `StoreError`.
 */
export function tokenCeremony(recorder: Recorder, ceremony: string | undefined): AttemptState | null {
  const { home } = recorder;
  if (ceremony !== undefined) return chooseAttempt(home, ceremony);
  return home.listCeremonies().length === 0 ? null : tokenBearer(recorder);
}

/**
 * The journal in which the life of a token goes on record: that of its ceremony, or the home's where there is
 * none. `rehearsal`: marks the home's line. Throws as `tokenCeremony` does.
 */
export function tokenJournal(recorder: Recorder, ceremony: string | undefined, rehearsal: boolean): Journal {
  const state = tokenCeremony(recorder, ceremony);
  return state === null
    ? stationJournal(recorder, rehearsal)
    : ceremonyJournal(recorder, state.id, state.rehearsal);
}

/** A line that stands in the wrong transcript proves nothing there: nothing is guessed here. */
function tokenBearer(recorder: Recorder): AttemptState {
  const all = listAttempts(recorder.home);
  const bearers = all.filter((state) => state.step !== 'cancelled' && !isRevoked(recorder, state));
  const [only] = bearers;
  if (only !== undefined && bearers.length === 1) return only;
  if (all[0] !== undefined && all.length === 1) return all[0];
  throw new StationError(
    'several-ceremonies',
    'This station has several ceremonies, and this belongs into the transcript of one. Nothing was done yet: say which, by its two words.',
    'Name it with --ceremony.',
  );
}

const isRevoked = (recorder: Recorder, { id, rehearsal }: AttemptState): boolean =>
  ceremonyJournal(recorder, id, rehearsal)
    .entries()
    .some(({ event }) => event === 'token-revoked');
