import { existsSync } from 'node:fs';
import { toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { handoffIn } from '../../../shared/task/run';
import { readMessage } from '../attempt/kept-message';
import { become, chooseAttempt } from '../attempt/state';
import { ceremonyJournal, type StationContext, signer } from '../station-context';
import { StationError } from '../station-error';
import { plannedKind } from '../token/planned-kind';
import { newResult } from './result';
import { SubmitError } from './submit-error';

/**
 * The result message anew, with a new key to which the officer may hand the token over: the one before had
 * its time, or is in doubt. That one is destroyed, and what was sealed to it can't be opened any more.
 * `ceremony`: hex; undefined: the only one. Throws `SubmitError` 'no-result', 'taken-before', 'not-renewed',
 * `StationError` 'locked', 'signed-off', `StoreError`.
 */
export async function renewResult(
  context: StationContext,
  ceremony: string | undefined,
): Promise<SignedMessage<'result'>> {
  signer(context);
  const state = chooseAttempt(context.home, ceremony);
  if (state.step !== 'finished') {
    throw new SubmitError(
      'no-result',
      'This station has made no result in this ceremony, so there is none to make anew. Nothing was changed.',
    );
  }
  if (existsSync(context.home.ceremony(state.id).checkpoint)) {
    throw new StationError(
      'signed-off',
      'This station has signed off this ceremony, so nothing of it is made anew any more. If the token is alive, the officer shows it by hand, and it is revoked that way.',
    );
  }
  const journal = ceremonyJournal(context, state.id, state.rehearsal);
  const lines = journal.entries();
  if (handoffIn(lines) !== null) {
    throw new SubmitError(
      'taken-before',
      'A token was handed over to this station in this ceremony already, and a new key would destroy the one that opens it. Nothing was changed. Go on with that token.',
      'Type airlock online tasks',
    );
  }
  if (plannedKind(journal) !== 'root' || lines.some(({ event }) => event === 'token-revoked')) {
    throw new SubmitError(
      'not-renewed',
      'There is no root token of this ceremony that could be handed over: it is dead already, or the plan makes one of another kind. Nothing was changed.',
    );
  }
  const { encodedToken } = readMessage(context.home, state.id, state.result, 'result').envelope.body;
  const standing = lines.flatMap((line) =>
    line.event === 'message-sent' && line.data.type === 'result' ? [line.data.digest] : [],
  );
  const result = await newResult(context, journal, state, encodedToken);
  const withdrawn = new Set(
    lines.flatMap((line) => (line.event === 'message-withdrawn' ? [line.data.digest] : [])),
  );
  for (const digest of standing.filter((each) => !withdrawn.has(each)))
    journal.append('message-withdrawn', {
      type: 'result',
      digest,
      reason: 'replaced by a newer result message, with a new key',
    });
  become(context, state, { type: 'result-renewed', result: toHex(result.digest) });
  return result;
}
