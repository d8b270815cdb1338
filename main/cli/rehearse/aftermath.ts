import { existsSync } from 'node:fs';
import { asciiBytes, wipe } from '../../../shared/bytes';
import { loadAttempt } from '../../online/attempt/state';
import { OnlineError } from '../../online/online-error';
import type { Cast, OnlinePlayer } from './cast';

/** How a rehearsal that failed cleaned up on a server that goes on running. */
export interface Aftermath {
  /** What was put right, as sentences. */
  readonly done: readonly string[];
  /** What may be on the server still, as sentences that say what to do. */
  readonly left: readonly string[];
}

/**
 * Takes back what a rehearsal that failed has done to a server: cancels the attempt that it opened, and
 * revokes the token that it made, which it decodes first where that was not done yet. Never throws.
 */
export async function takeBack(cast: Cast): Promise<Aftermath> {
  const done: string[] = [];
  const left: string[] = [];
  const trying = async (work: () => Promise<string | null>, otherwise: string): Promise<void> => {
    try {
      const sentence = await work();
      if (sentence !== null) done.push(sentence);
    } catch (error) {
      left.push(`${otherwise} (${error instanceof Error ? error.message : String(error)})`);
    }
  };
  for (const operator of cast.operators) {
    for (const id of operator.home.listCeremonies()) {
      await trying(
        () => cancelOpen(operator, id),
        'An attempt of this rehearsal may be open on the server still: look (airlock online status), and cancel it there (vault operator generate-root -cancel).',
      );
      await trying(async () => {
        if (loadAttempt(operator.home, id)?.step === 'lost') left.push(ORPHAN);
        return null;
      }, ORPHAN);
    }
  }
  for (const operator of cast.operators) {
    for (const id of operator.home.listCeremonies()) {
      await trying(
        () => revokeMade(cast, operator, id),
        "A live root token of this rehearsal may be on the server. Open the officer's home in the app, decode it again, and revoke it.",
      );
    }
  }
  return { done, left };
}

const ORPHAN =
  'An answer of the server was lost that may have been the last, so a live root token of this rehearsal may be on the server that nobody holds. Sweep for it (airlock online sweep, with a server token that may), and revoke every root token with a path that ends in auth/token/root that was created during this rehearsal (airlock online sweep --revoke ACCESSOR).';

/**
 * Cancels the attempt of a ceremony, where it may be open; the sentence that says so, or null. An attempt
 * whose last answer was lost may be open still: a server that fails at the last share keeps it
 * (docs/server-facts.md, "A key that the server can't use").
 */
async function cancelOpen(
  { home, station }: Pick<OnlinePlayer, 'home' | 'station'>,
  id: string,
): Promise<string | null> {
  const step = loadAttempt(home, id)?.step;
  if (step !== 'open' && step !== 'starting' && step !== 'lost') return null;
  try {
    await station.cancel({ ceremony: id });
    return 'The attempt was cancelled.';
  } catch (error) {
    if (error instanceof OnlineError && (error.code === 'no-attempt' || error.code === 'already-finished')) {
      return null;
    }
    // This call has found out what became of the last share, and has not looked at the attempt yet.
    if (error instanceof OnlineError && error.code === 'answer-lost' && step !== 'lost') {
      return cancelOpen({ home, station }, id);
    }
    throw error;
  }
}

async function revokeMade(cast: Cast, operator: OnlinePlayer, id: string): Promise<string | null> {
  const { officer } = cast;
  if (loadAttempt(operator.home, id)?.step !== 'finished') return null;
  // The officer's secret is destroyed only once the token was seen to be revoked.
  if (!existsSync(officer.home.ceremony(id).secret)) return null;
  const desk = officer.station.officer();
  if (!desk.token.isHeld) {
    if (!('result' in desk.state)) {
      const result = await operator.station.result(id);
      if (result === null) return null;
      await desk.result.takeResult(result, 'file');
    }
    await desk.token.decode(officer.passphrase);
  }
  const token = asciiBytes(desk.token.reveal());
  try {
    if ((await operator.station.lookup(token)) === null) return null;
    await operator.station.revoke({ token }, { ceremony: id });
    return 'The root token was revoked, and seen to be revoked.';
  } finally {
    wipe(token);
  }
}
