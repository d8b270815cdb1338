import { AirlockError } from '../../../shared/airlock-error';
import type { ServerIdentity } from '../../../shared/message/body';
import type { JournalLine } from '../../../shared/transcript/event';
import type { Home } from '../../store/home';
import { type AttemptState, loadAttempt } from '../attempt/state';
import { isSameServer } from '../server/known-server';
import { type FoundRootToken, isMadeFromShares } from '../token/root-token-found';
import { linesOrNull } from './readable-lines';

/** The ceremony of this home that tells where a token comes from. */
export interface Account {
  /** Hex of the ceremony's id; '' for the journal of the home itself. */
  readonly ceremony: string;
  /** The ceremony's; '' for the home's journal. */
  readonly title: string;
  readonly rehearsal: boolean;
  /**
   * 'accessor': its journal has the token's accessor. 'answer': the token was made when the answer to that
   * ceremony's last share came, or may have come; `lost` where it was lost.
   */
  readonly by: 'accessor' | 'answer' | 'lost';
}

/** What the transcripts of a home tell of root tokens. */
export interface Accounts {
  readonly of: (token: FoundRootToken) => Account | null;
  /** Ceremonies (hex; '' for the home's journal) whose journal is damaged: they account for nothing. */
  readonly unreadable: readonly string[];
}

/** When a server may have made a token: from the last share until its answer came, or was given up. */
interface Making {
  readonly from: number;
  readonly to: number;
  readonly lost: boolean;
}

/** A clock that is somewhat wrong, and a request that outlives its connection. */
export const BEFORE_MS = 2 * 60_000;
export const AFTER_MS = 5 * 60_000;

interface Told {
  readonly ceremony: string;
  readonly state: AttemptState | null;
  readonly accessors: ReadonlySet<string>;
  readonly makings: readonly Making[];
}

/**
 * What the journals of this home tell of root tokens on one server. Nothing is written. `server`: the one
 * that was asked. `ahead`: by how many milliseconds its clock is ahead of this station's.
 */
export function accountsOf(home: Home, server: ServerIdentity, ahead: number): Accounts {
  const told: Told[] = [];
  const unreadable: string[] = [];
  for (const ceremony of ['', ...home.listCeremonies()]) {
    const lines = linesOrNull(ceremony === '' ? home.journal() : home.ceremony(ceremony).journal);
    const state = ceremony === '' ? null : stateOrNull(home, ceremony);
    if (lines === null) unreadable.push(ceremony);
    else {
      const here = state !== null && isSameServer(state.server, server);
      told.push({ ceremony, state, accessors: accessorsIn(lines), makings: here ? makingsIn(lines) : [] });
    }
  }
  return { unreadable, of: (token) => accountOf(told, token, ahead) };
}

/** Without its state a ceremony's journal still names the accessors. */
function stateOrNull(home: Home, ceremony: string): AttemptState | null {
  try {
    return loadAttempt(home, ceremony);
  } catch (error) {
    if (error instanceof AirlockError) return null;
    throw error;
  }
}

function accountOf(told: readonly Told[], token: FoundRootToken, ahead: number): Account | null {
  const named = told.find(({ accessors }) => accessors.has(token.accessor));
  if (named !== undefined) return account(named, 'accessor');
  if (token.createdAt === null || !isMadeFromShares(token.path)) return null;
  const at = token.createdAt.getTime() - ahead;
  for (const each of told) {
    const making = each.makings.find(({ from, to }) => at >= from - BEFORE_MS && at <= to + AFTER_MS);
    if (making !== undefined) return account(each, making.lost ? 'lost' : 'answer');
  }
  return null;
}

const account = ({ ceremony, state }: Told, by: Account['by']): Account => ({
  ceremony,
  title: state?.title ?? '',
  rehearsal: state?.rehearsal ?? false,
  by,
});

/**
 * Of tokens that somebody here held, or had revoked. One that was only looked up by its accessor is nobody's.
 */
function accessorsIn(lines: readonly JournalLine[]): ReadonlySet<string> {
  const accessors = new Set<string>();
  for (const line of lines) {
    const isHeld = line.event === 'token-looked-up' && line.data.by === 'token';
    if (isHeld || line.event === 'token-used' || line.event === 'token-revoked')
      if (line.data.accessor !== undefined) accessors.add(line.data.accessor);
  }
  return accessors;
}

function makingsIn(lines: readonly JournalLine[]): readonly Making[] {
  const makings: Making[] = [];
  let sent = 0;
  for (const line of lines) {
    const at = Date.parse(line.at);
    if (line.event === 'share-submit-intent') sent = at;
    else if (line.event === 'share-submitted' && line.data.complete)
      makings.push({ from: sent || at, to: at, lost: false });
    else if (line.event === 'answer-lost') makings.push({ from: sent || at, to: at, lost: true });
  }
  return makings;
}
