import { existsSync } from 'node:fs';
import { handoffIn } from '../../shared/task/run';
import type { TokenKind } from '../../shared/token/token-kind';
import type { JournalLine } from '../../shared/transcript/event';
import type { Home } from '../store/home';
import { readJournal } from '../store/journal-lines';
import { readCheckpoint } from '../store/sign-off';
import { type AttemptState, loadAttempt } from './attempt/state';
import { mayHaveStrays } from './sweep/lost-limited-token';
import { plannedKindIn } from './token/planned-kind';

/** What an operator does next in a ceremony, by what this station knows, without asking the server. */
export type NextStep =
  /** The start was cut off: the officer's start message again. */
  | 'start'
  /** The attempt is open, and no share can come here: its message is not made, or its key was destroyed. */
  | 'join'
  /** The next custodian's share message. */
  | 'submit'
  /** It isn't known what became of a share that was sent: the server is asked. */
  | 'settle'
  /** The result to the officer; the token is used then, and revoked. */
  | 'hand-over'
  /** A token was handed over to this station: its tasks, and its end. */
  | 'tasks'
  /** Such a token is dead, and nothing says so to the officer yet. */
  | 'outcome'
  /** The token was used; it lives until it is brought to its end. */
  | 'revoke'
  /** An answer was lost that may have been the last: a token may live that nobody holds. */
  | 'sweep'
  | 'sign-off'
  /** Lines were added since this station signed off. */
  | 'sign-off-again'
  /** The checkpoint is there: others' signatures, and the archive. */
  | 'archive';

/** How a ceremony stands at this station. */
export interface Standing {
  readonly state: AttemptState;
  readonly next: NextStep;
  /** What its plan makes. */
  readonly kind: TokenKind;
}

/**
 * How a ceremony (hex) stands; null where this station has none of that id. Nothing is written. Throws
 * `StoreError`, `TranscriptError` where its files are damaged.
 */
export function standingOf(home: Home, id: string): Standing | null {
  const state = loadAttempt(home, id);
  if (state === null) return null;
  const { lines } = readJournal(home.ceremony(id).journal);
  return { state, next: nextStep(home, state, lines), kind: plannedKindIn(lines) };
}

function nextStep(home: Home, state: AttemptState, lines: readonly JournalLine[]): NextStep {
  const paths = home.ceremony(state.id);
  if (existsSync(paths.checkpoint)) {
    return readCheckpoint(paths) === null ? 'sign-off-again' : 'archive';
  }
  return stepBefore(state, lines);
}

const isSent = (lines: readonly JournalLine[], type: string): boolean =>
  lines.some((line) => line.event === 'message-sent' && line.data.type === type);

/** The next step before the transcript is signed off. */
function stepBefore(state: AttemptState, lines: readonly JournalLine[]): NextStep {
  const has = (event: JournalLine['event']): boolean => lines.some((line) => line.event === event);
  switch (state.step) {
    case 'starting':
      return 'start';
    case 'open':
      if (state.pending !== null) return 'settle';
      return state.sealing === null ? 'join' : 'submit';
    case 'finished':
      if (handoffIn(lines) !== null && !isSent(lines, 'outcome'))
        return has('token-revoked') ? 'outcome' : 'tasks';
      if (has('token-revoked') && mayHaveStrays(lines)) return 'sweep';
      if (has('token-revoked')) return 'sign-off';
      return has('token-used') ? 'revoke' : 'hand-over';
    case 'lost':
      return has('token-revoked') || isSweptClean(lines) ? 'sign-off' : 'sweep';
    case 'cancelled':
      return 'sign-off';
  }
}

/** Whether the server's tokens were looked at since, and none can be the one that nobody holds. */
function isSweptClean(lines: readonly JournalLine[]): boolean {
  const last = lines.filter(({ event }) => event === 'tokens-swept' || event === 'answer-lost').at(-1);
  return last?.event === 'tokens-swept' && last.data.suspects === 0;
}
