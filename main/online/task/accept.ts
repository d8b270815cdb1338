import { existsSync } from 'node:fs';
import { equalBytes, fromHex, toHex } from '../../../shared/bytes';
import { expectMessage } from '../../../shared/message/direction';
import { MessageError } from '../../../shared/message/message-error';
import { sealingKeyId } from '../../../shared/message/seal';
import { type SignedMessage, verifyMessage, wireBytes } from '../../../shared/message/wire';
import { handoffIn } from '../../../shared/task/run';
import { writeMessageFile } from '../../store/message-file';
import { knownKeys } from '../../store/people';
import { readMessage, readOfficersAgain } from '../attempt/kept-message';
import { loadAttempt } from '../attempt/state';
import { type Carrier, ceremonyJournal, type StationContext, signer } from '../station-context';
import { StationError } from '../station-error';
import { HandoffError } from './handoff-error';

/**
 * Checks a handoff against the result that this station made, and keeps it, sealed as it is. Nothing is
 * opened here. Given twice, it is taken once. Returns the ceremony, in hex. Throws `MessageError`,
 * `HandoffError` 'no-result', 'taken-before', 'not-the-officer', 'no-key', `StationError` 'no-ceremony',
 * `StoreError`.
 */
export async function acceptHandoff(
  context: StationContext,
  message: SignedMessage,
  carrier: Carrier,
): Promise<string> {
  signer(context);
  const known = await verifyMessage(message, knownKeys(context.home));
  const { ceremony } = message.envelope;
  const state = ceremony === null ? null : loadAttempt(context.home, toHex(ceremony));
  if (state === null) {
    expectMessage(message, { types: ['handoff'], to: 'operator' });
    throw new StationError(
      'no-ceremony',
      'This handoff belongs to a ceremony that this station has no part in. Compare the ceremony words, and carry it to the station whose result the officer took.',
    );
  }
  const start = await readOfficersAgain(context, state.id, state.start, 'start');
  const listed = start.envelope.body.roster.find(({ fingerprint }) =>
    equalBytes(fingerprint, known.fingerprint),
  );
  expectMessage(message, {
    types: ['handoff'],
    to: 'operator',
    sender: { name: known.name, role: listed?.role ?? 'witness' },
    ceremony: fromHex(state.id),
  });
  if (!equalBytes(start.envelope.from, known.fingerprint)) {
    throw new HandoffError(
      'not-the-officer',
      `This handoff is signed by ${known.name}, and the plan by somebody else. Only the officer of the plan hands a token over. Nothing was opened: ask how it came about.`,
    );
  }
  const journal = ceremonyJournal(context, state.id, state.rehearsal);
  const digest = toHex(message.digest);
  const before = handoffIn(journal.entries());
  const path = context.home.ceremony(state.id).message(digest);
  if (before === digest) {
    if (!existsSync(path)) writeMessageFile(path, wireBytes(message));
    return state.id;
  }
  if (before !== null) {
    throw new HandoffError(
      'taken-before',
      'A token was handed over to this station in this ceremony before, and this is another handoff. Nothing was opened. Go on with the first one; its outcome is for the officer.',
      'Type airlock online tasks',
    );
  }
  if (state.step !== 'finished') {
    throw new HandoffError(
      'no-result',
      'This station has made no result in this ceremony, so no token can be handed over to it. Carry the handoff to the station whose result the officer took.',
    );
  }
  const { to } = (message as SignedMessage<'handoff'>).envelope.body;
  if (to !== undefined && !equalBytes(to, signer(context).fingerprint)) {
    throw new MessageError(
      'other-station',
      'The officer has handed this token over to the station of another operator. Nothing was opened. Carry it there.',
    );
  }
  const result = readMessage(context.home, state.id, state.result, 'result');
  const { station } = result.envelope.body;
  expectMessage(message, {
    types: ['handoff'],
    to: 'operator',
    nonce: state.nonce,
    sealedTo: station === undefined ? new Uint8Array() : sealingKeyId(station.sealingKey),
    prev: result.digest,
    now: context.clock(),
  });
  // The time limit that counts is the one that this station set.
  if (
    station === undefined ||
    Date.parse(station.expiresAt) <= context.clock().getTime() ||
    !existsSync(context.home.ceremony(state.id).handoffKey)
  ) {
    throw new HandoffError(
      'no-key',
      'The key that this handoff is sealed to had its time, and is destroyed. Nothing was opened. The token is alive: make the result anew, with a new key, and have the officer take it and hand the token over again. Or the officer shows it by hand, and it is revoked that way.',
      'Type airlock online submit --new-key',
    );
  }
  // On the disk before it is on record: whatever ends the program then, what the journal names is there.
  writeMessageFile(path, wireBytes(message));
  journal.append('message-received', {
    type: 'handoff',
    digest,
    from: toHex(known.fingerprint),
    carrier,
  });
  return state.id;
}
