import { sharesIn, tokensIn } from '../../shared/input/in-the-clear';
import { readCheckpoint } from '../store/sign-off';
import { type AttemptState, chooseAttempt } from './attempt/state';
import { ceremonyJournal, type Recorder, signer, stationJournal } from './station-context';
import { StationError } from './station-error';
import { tokenCeremony } from './token-journal';

/** What people put on record in their own words: the name of the event, and how long its text may be. */
const longest = { 'token-used': 300, note: 1000, exception: 1000 } as const;
export type StatementKind = keyof typeof longest;

/** What a person puts on record, in their own words. */
export interface Statement {
  readonly kind: StatementKind;
  /** As `statementText` returns it. */
  readonly text: string;
  /** Of the token that was used, where the server has said it. */
  readonly accessor?: string | undefined;
}

/**
 * A person's words as they go on record. Throws `StationError` 'statement-unfit' where there are none, or so
 * many that the journal would cut them, and 'secret-in-statement': a journal is kept for years, by many.
 */
export function statementText(kind: StatementKind, words: string): string {
  const text = words.trim();
  if (text === '') throw new StationError('statement-unfit', 'There are no words to put on record. Say it.');
  if (text.length > longest[kind]) {
    throw new StationError(
      'statement-unfit',
      `That is ${text.length} characters long, and a line on record takes ${longest[kind]}. Nothing was put on record: say it in fewer words, or in several lines.`,
    );
  }
  if (tokensIn(text).length > 0 || sharesIn(text).size > 0) {
    throw new StationError(
      'secret-in-statement',
      'A token or a key share seems to stand in these words (64 hex digits look like one, too), so nothing was put on record: many people keep a transcript for years. Whatever was typed as an argument is also in the history of the shell: delete it there, and have the token revoked. Say it again without it.',
    );
  }
  return text;
}

interface Where {
  /** Hex of its id; undefined: the one that is meant, as far as that is clear. */
  readonly ceremony?: string | undefined;
  /** Also where the transcript is signed off, which then needs a new sign-off. */
  readonly again?: boolean | undefined;
}

/**
 * Puts a statement on record: what a token was used for where the life of that token stands, all else in the
 * ceremony that is open. Returns the ceremony, null where it is the home's own journal. Throws `StationError`
 * 'wrong-role', 'locked', 'no-ceremony', 'several-ceremonies', 'signed-off', and `StoreError`.
 */
export function putOnRecord(
  recorder: Recorder,
  { kind, text, accessor }: Statement,
  { ceremony, again = false }: Where = {},
): AttemptState | null {
  signer(recorder);
  const state =
    kind === 'token-used' ? tokenCeremony(recorder, ceremony) : chooseAttempt(recorder.home, ceremony);
  if (state !== null && !again && readCheckpoint(recorder.home.ceremony(state.id)) !== null) {
    throw new StationError(
      'signed-off',
      'This station has signed off the transcript of this ceremony, and one more line makes that sign-off void, with the signatures of others. Nothing was put on record. To add it all the same, say so, and then sign off again.',
      'Say so with --again.',
    );
  }
  const journal =
    state === null ? stationJournal(recorder, false) : ceremonyJournal(recorder, state.id, state.rehearsal);
  if (kind === 'token-used') {
    journal.append(kind, { what: text, ...(accessor === undefined ? {} : { accessor }) });
  } else journal.append(kind, { text });
  return state;
}
