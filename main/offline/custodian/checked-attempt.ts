import { existsSync } from 'node:fs';
import { toHex } from '../../../shared/bytes';
import { type AttemptFacts, checkAttempt } from '../../../shared/ceremony/attempt-check';
import { CeremonyError } from '../../../shared/ceremony/ceremony-error';
import { custodianCeremony } from '../../../shared/ceremony/custodian';
import { participantOnDisk } from '../../../shared/ceremony/participant';
import { requireKnownNames } from '../../../shared/ceremony/plan-check';
import { planTaken } from '../../../shared/ceremony/plan-taken';
import { expectMessage } from '../../../shared/message/direction';
import type { Envelope } from '../../../shared/message/envelope';
import { parseWire, type SignedMessage } from '../../../shared/message/wire';
import { parsePublicKey } from '../../../shared/openpgp/public-key';
import type { EventData } from '../../../shared/transcript/event';
import type { StationContext } from '../../station/context';
import { StationError } from '../../station/station-error';
import { readState } from '../../store/state-file';
import { signerKnownAs, signerOnRoster } from '../signer';

/** An attempt that fits what its officer signed, for a custodian to compare by voice. */
export interface CheckedAttempt {
  readonly message: SignedMessage;
  readonly facts: AttemptFacts;
  /** Fingerprint of the operator who signed it. */
  readonly operator: Uint8Array;
  /** The officer's plan in it, as the transcript has it. */
  readonly plan: EventData<'plan-taken'>;
}

/**
 * Checks an attempt before a custodian is asked for a share: both signatures, who signed, and the officer's
 * own plan. It changes nothing, so that a refused attempt costs no work that is open. Throws `CeremonyError`
 * as `checkAttempt` and `requireKnownNames` do, `MessageError`, and `StationError` 'wrong-role',
 * 'signer-of-other-role'.
 */
export async function checkedAttempt(
  context: StationContext,
  message: SignedMessage,
): Promise<CheckedAttempt> {
  const identity = context.identity();
  if (identity.role !== 'custodian') {
    throw new StationError(
      'wrong-role',
      'An attempt is for custodians and for the officer who planned it; this laptop’s person is neither.',
    );
  }
  const operator = await signerKnownAs(context, message, 'operator');
  const attempt = expectMessage(message, { types: ['attempt'], to: 'custodian' });
  const startMessage = parseWire(attempt.body.start);
  const officer = await signerKnownAs(context, startMessage, 'officer');
  const start = expectMessage(startMessage, { types: ['start'], to: 'operator' });
  const amendment = await amendmentOf(context, attempt);
  const { publicKey } = start.body;
  const roster = start.body.roster.map(participantOnDisk);
  await signerOnRoster(context, message, roster);
  await signerOnRoster(context, startMessage, roster);
  requireKnownNames(start, await context.people());
  const id = toHex(start.ceremony ?? new Uint8Array());
  refuseSignedOff(context, id);
  const facts = checkAttempt({
    attempt,
    attemptDigest: message.digest,
    start,
    startDigest: startMessage.digest,
    amendment,
    officer: officer.name,
    operator: operator.name,
    self: identity.fingerprint,
    keyFingerprint: publicKey === undefined ? null : toHex((await parsePublicKey(publicKey)).fingerprint),
    released: readState(context.home.ceremony(id).state, custodianCeremony)?.released ?? [],
  });
  return { message, facts, operator: operator.fingerprint, plan: planTaken(start) };
}

/**
 * The officer's amendment that an attempt carries. Throws `MessageError`, `StationError`
 * 'signer-of-other-role'.
 */
async function amendmentOf(
  context: StationContext,
  attempt: Envelope<'attempt'>,
): Promise<Envelope<'amendment'> | null> {
  if (attempt.body.amendment === undefined) return null;
  const message = parseWire(attempt.body.amendment);
  await signerKnownAs(context, message, 'officer');
  return expectMessage(message, { types: ['amendment'], to: 'operator' });
}

/** What this laptop has signed off is over: an old plan doesn't open it again. */
function refuseSignedOff({ home }: StationContext, id: string): void {
  if (id === '' || !existsSync(home.ceremony(id).checkpoint)) return;
  throw new CeremonyError(
    'signed-off',
    'You have signed off this ceremony on this laptop, so nothing of it is taken any more. Release nothing. If a token is needed again, the officer plans a new ceremony. Tell the others that an old plan was shown.',
  );
}
