import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../../store/journal';
import { readCheckpoint } from '../../store/sign-off';
import { StoreError } from '../../store/store-error';
import { type AttemptState, isOver, loadAttempt } from '../attempt/state';
import { ceremonyJournal, type StationContext, stationJournal } from '../station-context';
import { destroySecret, dropExpired, listIntroductions, SEALING_KEY_LIFETIME_MS } from './introductions';

/**
 * Destroys every one-time key of this station whose time is over, whose attempt is, or that a crash left without an owner; each
 * command begins with it. Throws `StoreError` 'cannot-destroy'.
 */
export function sweepKeys(context: StationContext, rehearsal: boolean): void {
  const { home, identity } = context;
  // At other people's homes the same files hold other secrets; and nothing is written to a home that is locked.
  if (identity.role !== 'operator' || !('privateKey' in identity)) return;
  const now = context.clock();
  const dropped = dropExpired(home, now) + dropStrays(context, now);
  for (let i = 0; i < dropped; i++) record(() => stationJournal(context, rehearsal));
  for (const id of home.listCeremonies()) sweepCeremony(context, id, now);
}

function sweepCeremony(context: StationContext, id: string, now: Date): void {
  const paths = context.home.ceremony(id);
  const state = stateOf(context, id);
  if (state === null || !isDone(state, paths.secret, now) || !destroySecret(paths.secret)) return;
  record(() =>
    // A line more would undo a sign-off.
    existsSync(paths.journal) && readCheckpoint(paths) !== null
      ? stationJournal(context, state.rehearsal)
      : ceremonyJournal(context, id, state.rehearsal),
  );
}

function isDone(state: AttemptState, path: string, now: Date): boolean {
  if (isOver(state)) return true;
  return state.sealing === null ? isOld(path, now) : Date.parse(state.sealing.expiresAt) <= now.getTime();
}

/** Introductions' keys that no list names: the program ended between the two. */
function dropStrays(context: StationContext, now: Date): number {
  const { home } = context;
  const listed = new Set(listIntroductions(home, now).map(({ digest }) => home.stationSecret(digest)));
  return readdirSync(home.dir)
    .filter((name) => /^station-[0-9a-f]{16}\.pgp$/.test(name))
    .map((name) => join(home.dir, name))
    .filter((path) => !listed.has(path) && isOld(path, now) && destroySecret(path)).length;
}

const isOld = (path: string, now: Date): boolean =>
  existsSync(path) && now.getTime() - statSync(path).mtimeMs > SEALING_KEY_LIFETIME_MS;

/** A ceremony whose state can't be read is left alone: the command that needs it says so. */
function stateOf(context: StationContext, id: string): AttemptState | null {
  try {
    return loadAttempt(context.home, id);
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

/** A journal that can't be written must not keep a key alive; the command that needs it says so. */
function record(journal: () => Journal): void {
  try {
    journal().append('secret-destroyed', { what: 'sealing-key' });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}
