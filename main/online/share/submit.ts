import { fromHex, wipe } from '../../../shared/bytes';
import type { OperatorAt } from '../../../shared/ceremony/operator';
import { open } from '../../../shared/message/seal';
import type { SignedMessage } from '../../../shared/message/wire';
import { checkKeyForServer } from '../../../shared/openpgp/public-key';
import type { Journal } from '../../store/journal';
import { readMessage } from '../attempt/kept-message';
import { couldDecode, recordSameStation } from '../attempt/same-station';
import { type AttemptState, become } from '../attempt/state';
import { refuseChanged } from '../attempt/watch';
import { openSealingKey } from '../introduction/sealing-key';
import type { Found } from '../server/dialect';
import { type ServerFacts, surveyServer } from '../server/facts';
import { type Carrier, ceremonyJournal, type StationContext, signer } from '../station-context';
import { type Accepted, acceptShare } from './accept';
import { AnswerFile } from './answer-file';
import { AnswerKeeper } from './answer-keeper';
import { giveShare } from './give';
import { refuseSameShare } from './giver';
import { settlePending } from './pending';
import { sharesSeen } from './record';
import { settleOutcome } from './settlement';
import { SubmitError } from './submit-error';

/** The state of the attempt after a share. */
export interface SubmitResult {
  /** Hex. */
  readonly ceremony: string;
  readonly nonce: string;
  readonly progress: number;
  readonly required: number;
  readonly complete: boolean;
  /**
   * How many share messages this station has opened in this ceremony (docs/design.md, "Who can do what
   * alone").
   */
  readonly sharesSeenHere: number;
  /** This station saw the one-time password and now holds the encoded token: it could read the root token. */
  readonly couldDecode: boolean;
  /** At the last share. */
  readonly result: SignedMessage<'result'> | null;
}

/**
 * Opens one custodian's share and gives it to the server, at most once. At the last share the result message
 * comes back. Throws `SubmitError`, `AttemptError`, `ServerError`, `StationError`, `MessageError`,
 * `OpenPgpError`, `StoreError`; none of them loses a share or an answer.
 */
export async function submitShare(
  context: StationContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<SubmitResult> {
  signer(context);
  const accepted = await acceptShare(context, message, carrier);
  const { journal, state, start } = accepted;
  const { facts, found } = await surveyServer(context.client, state.server);
  refuseChanged(context, journal, state, found);
  await checkLastShare(journal, state, start, found, facts);

  const file = AnswerFile.reserve(context.home.ceremony(state.id));
  let share: Uint8Array | undefined;
  try {
    share = await openShare(context, accepted);
    refuseSameShare(state, accepted.custodian, coordinateOf(share, state.required));
    return await sendShare(context, accepted, found, share, file);
  } finally {
    wipe(share);
    file.close();
  }
}

async function sendShare(
  context: StationContext,
  { journal, state, digest, custodian }: Accepted,
  found: Found,
  opened: Uint8Array,
  file: AnswerFile,
): Promise<SubmitResult> {
  const { nonce } = state;
  const { progress } = found.attempt;
  journal.append('share-submit-intent', { nonce, digest, custodian: custodian.fingerprint });
  const x = coordinateOf(opened, state.required);
  const given = { digest, custodian: custodian.fingerprint, name: custodian.name, x };
  const sending = become(context, state, { type: 'share-sending', share: given, progress });
  const share = { ...given, progressBefore: progress };
  const answer = new AnswerKeeper(file, journal, state, digest);
  const outcome = await giveShare(context.client, found, opened, (raw) => answer.keep(raw));
  const settled = await answer.guard(outcome, () =>
    settleOutcome({ context, journal, state: sending, share }, outcome),
  );
  return {
    ceremony: settled.state.id,
    nonce,
    progress: settled.state.step === 'finished' ? settled.state.required : settled.state.progress,
    required: settled.state.required,
    complete: settled.result !== null,
    sharesSeenHere: sharesSeen(journal),
    couldDecode: couldDecode(settled.state),
    result: settled.result,
  };
}

/** A share's last byte is its x-coordinate; where one share is enough, it is the key itself and has none. */
const coordinateOf = (share: Uint8Array, required: number): number | null =>
  required > 1 ? (share.at(-1) ?? null) : null;

async function openShare(context: StationContext, { state, envelope }: Accepted): Promise<Uint8Array> {
  const privateKey = await openSealingKey(context.home.ceremony(state.id).secret, signer(context));
  try {
    return await open(envelope.body.sealed, privateKey, {
      purpose: 'share',
      ceremony: fromHex(state.id),
      nonce: state.nonce,
      expiresAt: envelope.body.expiresAt,
      // Whoever signs another's sealed share as their own can't have it opened.
      sender: envelope.from,
    });
  } finally {
    wipe(privateKey);
  }
}

/**
 * The result message of a finished attempt: again, or from an answer that was kept before a crash. Null: not
 * finished.
 */
export async function showResult(
  context: StationContext,
  state: AttemptState,
): Promise<SignedMessage<'result'> | null> {
  const journal = ceremonyJournal(context, state.id, state.rehearsal);
  const settled = await settlePending(context, journal, state);
  return settled.step !== 'finished' ? null : readMessage(context.home, settled.id, settled.result, 'result');
}

async function checkLastShare(
  journal: Journal,
  state: OperatorAt<'open'>,
  start: SignedMessage<'start'>,
  { attempt }: Found,
  facts: ServerFacts,
): Promise<void> {
  const { publicKey } = start.envelope.body;
  // Days may have passed since the start, and an expired key makes the server lose the token
  // (docs/server-facts.md, "A key that the server can't use"). Any share may turn out to be the last, where
  // other stations give some too.
  if (publicKey !== undefined) await checkKeyForServer(publicKey, facts.serverTime, facts.server.version);
  if (attempt.progress + 1 < attempt.required || !state.openedOtp) return;
  if (!state.sameStationAllowed) {
    throw new SubmitError(
      'would-finish',
      'This is the last share, and this station has seen the one-time password: with the answer it could read the root token. The share was not sent. The last one has to be that of a custodian who gives at another station: let that station join, and give there. Where no such custodian is left, the officer lets a reserve step in there, or plans anew.',
      'That station joins by airlock online join --message ATTEMPT.',
    );
  }
  recordSameStation(journal, state);
}
