import type { OperatorAt } from '../../../shared/ceremony/operator';
import { nonceWords } from '../../../shared/words';
import type { Journal } from '../../store/journal';
import type { Found } from '../server/dialect';
import type { Recorder } from '../station-context';
import { sweepCommands, sweepSentence } from '../token/orphan-sweep';
import { AttemptError } from './attempt-error';
import { endAttempt } from './end';
import type { AttemptState } from './state';
import { isAnyUnknown } from './unsettled';

/**
 * Throws `AttemptError` 'attempt-changed' where the server no longer has this station's attempt open, once
 * that is on record. The attempt is watched at every share, since anyone who reaches the server could have
 * cancelled it (docs/server-facts.md, "One attempt at a time"). Where a share's answer was cut off before,
 * that share may have finished the attempt: 'answer-lost' then.
 */
export function refuseChanged(
  context: Recorder,
  journal: Journal,
  state: OperatorAt<'open'>,
  { attempt }: Found,
): void {
  if (attempt.open && attempt.nonce === state.nonce) return;
  const found = attempt.open ? attempt.nonce : '';
  if (isAnyUnknown(journal, state.nonce)) {
    const what =
      'a share whose answer was cut off may have been counted after all, and the attempt is gone since';
    journal.append('answer-lost', { nonce: state.nonce, what });
    endAttempt(context, journal, state, 'lost', 'an answer was lost that may have been the last');
    throw new AttemptError(
      'answer-lost',
      sweepSentence(what, context.clock(), state.server),
      sweepCommands(state.server),
    );
  }
  journal.append('attempt-changed', { expected: state.nonce, found });
  endAttempt(context, journal, state, 'cancelled', 'the attempt is gone');
  throw new AttemptError(
    'attempt-changed',
    found === ''
      ? `The attempt ${nonceWords(state.nonce)} has vanished from the server: somebody cancelled it, it was finished at another station, or the server restarted. No share was sent. Tell the officer; if no station has a result, start anew.`
      : `Another attempt (${nonceWords(found)}) stands in the place of ours (${nonceWords(state.nonce)}) on the server: somebody cancelled ours and started their own. No share was sent to it. Tell the officer before anything else.`,
  );
}

/** Throws `AttemptError` 'no-attempt' unless this station's attempt is open: not begun yet, or over. */
export function refuseClosed(state: AttemptState): asserts state is OperatorAt<'open'> {
  if (state.step === 'open') return;
  const { message, typed } = CLOSED[state.step];
  const shown = state.step === 'lost' ? sweepCommands(state.server) : typed;
  throw new AttemptError('no-attempt', message, shown);
}

/** Throws `AttemptError` 'already-finished' where this station has the ceremony's result. */
export function refuseFinished(state: AttemptState | null): void {
  if (state?.step !== 'finished') return;
  throw new AttemptError(
    'already-finished',
    'This ceremony has its result at this station already. It can be shown again.',
    'Type airlock online submit, without a message.',
  );
}

interface Closed {
  readonly message: string;
  /** What a terminal adds; a lost answer's depends on the server. */
  readonly typed: string;
}

const CLOSED: Readonly<Record<Exclude<AttemptState['step'], 'open'>, Closed>> = {
  starting: {
    message: 'The start of this attempt was cut off at this station. Give the start message again.',
    typed: 'Type airlock online start --message FILE',
  },
  cancelled: {
    message:
      "This attempt was cancelled, or this station saw that it had gone from the server. If the server has it open still, join it again, with its start message or another station's attempt message, and have the share released again for the attempt code that this makes. Otherwise a start message serves only once: ask the officer for a new one, after a new station message.",
    typed:
      'What the server has is shown by airlock online status. To join: airlock online join --message FILE',
  },
  lost: {
    message:
      'The last answer of this attempt was lost, so a root token may live that nobody holds. Sweep for it first; if the attempt is open still, cancel it and start anew.',
    typed: '',
  },
  finished: {
    message: 'This attempt is finished. Its result can be shown again at this station.',
    typed: 'Type airlock online submit, without a message.',
  },
};
