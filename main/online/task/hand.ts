import { existsSync } from 'node:fs';
import { fromHex, wipe } from '../../../shared/bytes';
import type { OperatorAt } from '../../../shared/ceremony/operator';
import { InputError } from '../../../shared/input/input-error';
import { tokenIn } from '../../../shared/input/token-text';
import { open } from '../../../shared/message/seal';
import type { SignedMessage } from '../../../shared/message/wire';
import { runOf, type TokenRun } from '../../../shared/task/run';
import type { Journal } from '../../store/journal';
import { readOfficersAgain } from '../attempt/kept-message';
import { chooseAttempt } from '../attempt/state';
import { openSealingKey } from '../introduction/sealing-key';
import { ceremonyJournal, type StationContext, signer } from '../station-context';
import { HandoffError } from './handoff-error';

/** A token that was handed over, as far as the disk has it. */
export interface Hand {
  readonly state: OperatorAt<'finished'>;
  readonly journal: Journal;
  /** The officer's plan, whose tasks these are; its signature was checked again. */
  readonly start: SignedMessage<'start'>;
}

/** Where the work with it stands now. */
export const standOf = ({ journal, start }: Hand): TokenRun => {
  const run = runOf(journal.entries(), start.envelope.body.tasks);
  if (run !== null) return run;
  throw noHandoff();
};

/**
 * The token that was handed over in a ceremony: the one that is named (hex), or the only one. Throws
 * `HandoffError` 'no-handoff', `StationError`, `StoreError`, `MessageError`.
 */
export async function handOf(context: StationContext, ceremony: string | undefined): Promise<Hand> {
  const state = chooseAttempt(context.home, ceremony);
  if (state.step !== 'finished') throw noHandoff();
  const hand = {
    state,
    journal: ceremonyJournal(context, state.id, state.rehearsal),
    start: await readOfficersAgain(context, state.id, state.start, 'start'),
  };
  standOf(hand);
  return hand;
}

/**
 * Opens the token, and has `work` done with it: it is in memory for that long, and nowhere on the disk but in
 * the officer's message, sealed. Throws `HandoffError` 'no-key', 'no-token', `MessageError`, `StoreError`,
 * and whatever the work throws.
 */
export async function withToken<T>(
  context: StationContext,
  hand: Hand,
  work: (token: Uint8Array) => Promise<T>,
): Promise<T> {
  const { state } = hand;
  const paths = context.home.ceremony(state.id);
  const { envelope } = await readOfficersAgain(context, state.id, standOf(hand).handoff, 'handoff');
  if (!existsSync(paths.handoffKey)) {
    throw new HandoffError(
      'no-key',
      'The key that the token was sealed to is destroyed, so it can’t be opened here any more. If it is alive, the officer shows it by hand, and it is revoked that way.',
    );
  }
  const privateKey = await openSealingKey(paths.handoffKey, signer(context));
  let plain: Uint8Array | undefined;
  let token: Uint8Array | undefined;
  try {
    plain = await open(envelope.body.sealed, privateKey, {
      purpose: 'handoff',
      ceremony: fromHex(state.id),
      nonce: state.nonce,
      expiresAt: envelope.body.expiresAt,
      // Whoever signs another's sealed token as their own can't have it opened.
      sender: envelope.from,
    });
    token = tokenOf(plain);
    return await work(token);
  } finally {
    wipe(privateKey);
    wipe(plain);
    wipe(token);
  }
}

function tokenOf(plain: Uint8Array): Uint8Array {
  try {
    return tokenIn(plain, 'The handoff');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new HandoffError(
      'no-token',
      'What the officer sealed is no token. It was sent to no server. Ask the officer what happened; the token is alive until it is revoked by hand.',
    );
  }
}

const noHandoff = (): HandoffError =>
  new HandoffError(
    'no-handoff',
    'No token was handed over to this station in this ceremony. Take in the officer’s handoff first.',
    'Type airlock online handoff --message FILE',
  );
