import { existsSync } from 'node:fs';
import type { ServerIdentity } from '../../../shared/message/body';
import type { Home } from '../../store/home';
import type { Journal } from '../../store/journal';
import { type AttemptState, chooseAttempt, listAttempts } from '../attempt/state';
import { isSameServer, refuseOtherServer } from '../server/known-server';
import { ceremonyJournal, type Recorder, stationJournal } from '../station-context';
import { isCutOff } from '../token/revoke';
import type { Account } from './accounted';
import { mayHaveStrays } from './lost-limited-token';
import { readableLines } from './readable-lines';

/** Where a sweep, or a revocation that follows from it, goes on record. */
export interface RecordPlace {
  readonly journal: Journal;
  /** Null: the home's journal. */
  readonly state: AttemptState | null;
}

/** What was asked, and what the person named. */
export interface RecordWishes {
  readonly server: ServerIdentity;
  /** Hex; undefined where none was named. */
  readonly ceremony: string | undefined;
  /** Marks a line of the home's journal. */
  readonly rehearsal: boolean;
}

/**
 * A sweep stands in the transcript of the ceremony that it is for: the one that is named, else the only one
 * on this server whose last answer was lost, or the answer to the making of a limited token.
 * Else it stands in the home's journal. Throws `StationError`
 * 'no-ceremony', `ServerError` 'other-server', `StoreError`.
 */
export function sweepPlace(recorder: Recorder, wishes: RecordWishes): RecordPlace {
  if (wishes.ceremony !== undefined) return namedPlace(recorder, wishes.ceremony, wishes.server);
  const lost = listAttempts(recorder.home).filter(
    (state) =>
      (state.step === 'lost' || mayHaveStrays(readableLines(recorder.home.ceremony(state.id).journal))) &&
      isSameServer(state.server, wishes.server) &&
      !isSignedOff(recorder.home, state.id),
  );
  const [only] = lost;
  return only !== undefined && lost.length === 1
    ? placeOf(recorder, only)
    : homePlace(recorder, wishes.rehearsal);
}

/**
 * The revocation of a root token stands in the transcript of the ceremony that is named, else of the one that
 * made the token. What has nothing to do with a ceremony must not stand there as the end of its token: it
 * goes into the home's journal, and so does what comes after a sign-off. Throws as `sweepPlace` does.
 */
export function revocationPlace(
  recorder: Recorder,
  wishes: RecordWishes,
  account: Account | null,
): RecordPlace {
  if (wishes.ceremony !== undefined) return namedPlace(recorder, wishes.ceremony, wishes.server);
  if (account === null || account.ceremony === '' || isSignedOff(recorder.home, account.ceremony))
    return homePlace(recorder, wishes.rehearsal);
  return placeOf(recorder, chooseAttempt(recorder.home, account.ceremony));
}

/**
 * Where the revocation of a token began on record and was cut off before its proof, if anywhere: there the
 * proof belongs. Throws as `sweepPlace` does.
 */
export function cutOffPlace(recorder: Recorder, wishes: RecordWishes, accessor: string): RecordPlace | null {
  const { home } = recorder;
  const ceremonies = wishes.ceremony === undefined ? home.listCeremonies() : [wishes.ceremony];
  for (const id of ceremonies) {
    if (!isSignedOff(home, id) && isCutOff(readableLines(home.ceremony(id).journal), accessor))
      return placeOf(recorder, chooseAttempt(home, id));
  }
  return isCutOff(readableLines(home.journal()), accessor) ? homePlace(recorder, wishes.rehearsal) : null;
}

function namedPlace(recorder: Recorder, ceremony: string, server: ServerIdentity): RecordPlace {
  const state = chooseAttempt(recorder.home, ceremony);
  refuseOtherServer(state.server, server, false);
  return placeOf(recorder, state);
}

const placeOf = (recorder: Recorder, state: AttemptState): RecordPlace => ({
  state,
  journal: ceremonyJournal(recorder, state.id, state.rehearsal),
});

const homePlace = (recorder: Recorder, rehearsal: boolean): RecordPlace => ({
  state: null,
  journal: stationJournal(recorder, rehearsal),
});

const isSignedOff = (home: Home, ceremony: string): boolean => existsSync(home.ceremony(ceremony).checkpoint);
