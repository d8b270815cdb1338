import { existsSync } from 'node:fs';
import { asciiBytes, wipe } from '../../../shared/bytes';
import { type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
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
      const { lost, open } = leftBy[kindOf(operator, id)];
      await trying(() => cancelOpen(operator, id), open);
      await trying(async () => {
        if (loadAttempt(operator.home, id)?.step === 'lost') left.push(lost);
        return null;
      }, lost);
    }
  }
  for (const operator of cast.operators) {
    for (const id of operator.home.listCeremonies())
      await trying(() => endMade(cast, operator, id), leftBy[kindOf(operator, id)].alive);
  }
  return { done, left };
}

const kindOf = ({ station }: OnlinePlayer, ceremony: string): TokenKind => station.tokenKind({ ceremony });

/** What may be on the server still, and what to do about it. */
interface Left {
  readonly open: string;
  /** The last answer may be lost. */
  readonly lost: string;
  readonly alive: string;
}

const openWith = (how: string): string =>
  `An attempt of this rehearsal may be open on the server still: look (airlock online status), and cancel it there (${how}).`;

const { ends: endsWithServer } = tokenKindWords('recovery');
const { ends: endsWithSecondary } = tokenKindWords('dr');

const leftBy: Readonly<Record<TokenKind, Left>> = {
  root: {
    open: openWith('vault operator generate-root -cancel'),
    lost: 'An answer of the server was lost that may have been the last, so a live root token of this rehearsal may be on the server that nobody holds. Sweep for it (airlock online sweep, with a server token that may), and revoke every root token with a path that ends in auth/token/root that was created during this rehearsal (airlock online sweep --revoke ACCESSOR).',
    alive:
      "A live root token of this rehearsal may be on the server. Open the officer's home in the app, decode it again, and revoke it.",
  },
  dr: {
    open: openWith('vault operator generate-root -dr-token -cancel'),
    lost: `An answer of the server was lost that may have been the last, so a live DR operation token of this rehearsal may be on the secondary that nobody holds, and that no list of tokens names. ${endsWithSecondary}`,
    alive:
      "A live DR operation token of this rehearsal may be on the secondary. Open the officer's home in the app, decode it again, and have it deleted (airlock online revoke).",
  },
  recovery: {
    open: openWith('vault operator generate-root -recovery-token -cancel'),
    lost: `An answer of the server was lost that may have been the last, so a recovery token of this rehearsal may be alive that nobody holds. ${endsWithServer}`,
    alive: `A recovery token of this rehearsal may be alive. ${endsWithServer}`,
  },
};

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

/** Brings the token that was made to its end; the sentence that says so, or null where there is none. */
async function endMade(cast: Cast, operator: OnlinePlayer, id: string): Promise<string | null> {
  const { officer } = cast;
  if (loadAttempt(operator.home, id)?.step !== 'finished') return null;
  // The officer's secret is destroyed only once the token was seen to be dead.
  if (!existsSync(officer.home.ceremony(id).secret)) return null;
  const kind = kindOf(operator, id);
  if (kind === 'recovery') {
    await operator.station.proveEnded({ ceremony: id });
    return 'The recovery token has ended with recovery mode.';
  }
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
    return kind === 'dr' ? await deleted(operator, token, id) : await revoked(operator, token, id);
  } finally {
    wipe(token);
  }
}

async function revoked({ station }: OnlinePlayer, token: Uint8Array, ceremony: string) {
  if ((await station.lookup(token)) === null) return null;
  await station.revoke({ token }, { ceremony });
  return 'The root token was revoked, and seen to be revoked.';
}

/** It can't be looked up: that it is gone already, the deletion tells. */
async function deleted({ station }: OnlinePlayer, token: Uint8Array, ceremony: string) {
  try {
    await station.revoke({ token }, { ceremony });
    return 'The DR operation token was deleted, and seen to be deleted.';
  } catch (error) {
    if (error instanceof OnlineError && error.code === 'unknown-token') return null;
    throw error;
  }
}
