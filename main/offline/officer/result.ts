import { fromHex, toHex } from '../../../shared/bytes';
import { atStep, CeremonyError } from '../../../shared/ceremony/ceremony-error';
import type { OfficerAt } from '../../../shared/ceremony/officer';
import { encodedTokenIn, nonceIn } from '../../../shared/input/value';
import type { Body } from '../../../shared/message/body';
import { expectMessage } from '../../../shared/message/direction';
import { MessageError } from '../../../shared/message/message-error';
import type { SignedMessage } from '../../../shared/message/wire';
import { checkEncrypted } from '../../../shared/openpgp/sealed-to-self';
import { nameKey } from '../../../shared/plain-text';
import { checkEncodedToken } from '../../../shared/token/encoded-token';
import { kindOfException } from '../../../shared/transcript/lines-without-kind';
import type { Carrier } from '../../station/carrier';
import { signerOf, signerOnRoster } from '../signer';
import type { OfficerWork } from './work';

/** What comes back to the officer: the attempt that was opened, and its result. */
export class ResultDesk {
  constructor(private readonly work: OfficerWork) {}

  /** Takes the attempt that the station opened for this ceremony. */
  async takeAttempt(message: SignedMessage, carrier: Carrier): Promise<void> {
    const { body, from, waiting } = await this.answer(message, 'attempt');
    const next = this.work.next({
      type: 'attempt-seen',
      pgpFingerprint: body.pgpFingerprint,
      attempt: {
        nonce: body.nonce,
        progress: body.progress,
        required: body.required,
        station: body.station.label,
        digest: toHex(message.digest),
      },
    });
    const before = waiting.attempt?.nonce;
    this.work.file.receive(message, carrier, from);
    if (before !== undefined && before !== body.nonce) {
      this.work.file.journal.append('attempt-changed', { expected: before, found: body.nonce });
    }
    this.work.file.become(next);
  }

  /** Takes the result of the attempt. */
  async takeResult(message: SignedMessage, carrier: Carrier): Promise<void> {
    const { body, from, signedBy, waiting } = await this.answer(message, 'result');
    refuseBorrowedName(body, toHex(from), signedBy, waiting);
    const next = this.work.next({
      type: 'result-taken',
      result: {
        nonce: body.nonce,
        encodedToken: body.encodedToken,
        pgpFingerprint: body.pgpFingerprint,
        signedBy,
        takenAt: this.work.context.clock().toISOString(),
        station:
          body.station === undefined
            ? null
            : {
                operator: toHex(from),
                label: body.station.label,
                sealingKey: toHex(body.station.sealingKey),
                expiresAt: body.station.expiresAt,
              },
      },
    });
    this.work.file.receive(message, carrier, from);
    // Only a newer key of the same station leaves the token decoded: nothing that went to the old one counts.
    this.work.file.withdrawAll('handoff', 'the station made its result anew, with a new key');
    this.recordSameStation(waiting, from);
    this.work.file.become(next);
  }

  /**
   * Records where the station that the OTP was sealed to took the answer as well: it could read the token.
   */
  private recordSameStation({ secret, server, draft }: Waiting, from: Uint8Array): void {
    if (secret.kind !== 'otp' || server.station?.operator !== toHex(from)) return;
    const { journal } = this.work.file;
    const text = `The station that opened the one-time password (${server.station.label}) also took the answer, and so could read the root token. ${
      draft.sameStationAllowed
        ? 'The officer allowed it in the plan.'
        : 'The officer had not allowed it: use the token only if that station may know it, and revoke it soon.'
    }`;
    const kind = draft.sameStationAllowed ? 'same-station-allowed' : 'same-station-unforeseen';
    const known = journal
      .entries()
      .some((line) => line.event === 'exception' && kindOfException(line.data) === kind);
    if (!known) journal.append('exception', { kind, text });
  }

  /**
   * Takes a bare encoded token: a crossing without a signature, and recorded so. `nonce`: '' where none is
   * known. Throws `CeremonyError` 'no-encoded-token', 'wrong-step', 'already-decoded', 'other-nonce',
   * `InputError` where more lies in the text than that, and `TokenError` or `OpenPgpError` for what can be no
   * answer of the server.
   */
  async takeEncodedToken(text: string, nonce: string): Promise<void> {
    const encodedToken = encodedTokenIn(text);
    if (encodedToken === '') {
      throw new CeremonyError(
        'no-encoded-token',
        'There is no encoded token in the field. Paste what the command line printed as “Encoded Token”.',
      );
    }
    // What is no answer at all is not kept: it may be a secret that was pasted into the wrong field.
    const { secret, attempt, server } = atStep(
      this.work.state,
      ['start', 'result', 'decode'],
      'take a result',
    );
    if (secret.kind === 'otp') checkEncodedToken(encodedToken, server.otpLength);
    else await checkEncrypted(encodedToken);
    const next = this.work.next({
      type: 'result-taken',
      result: {
        nonce: nonceIn(nonce),
        encodedToken,
        pgpFingerprint: '',
        signedBy: null,
        takenAt: this.work.context.clock().toISOString(),
        station: null,
      },
    });
    if (attempt === null) this.work.file.withdrawAll('start', 'the result came as a plain value');
    this.work.file.journal.append('plain-crossing', { what: 'encoded-token', direction: 'in' });
    this.work.file.become(next);
  }

  /**
   * A message of the station that answers this ceremony's start. Whether it belongs here at all is asked
   * before the roster is. Of another ceremony's message, or before there is a plan, "not on the roster" would
   * say nothing true.
   */
  private async answer<T extends 'attempt' | 'result'>(message: SignedMessage, type: T): Promise<Answer<T>> {
    const { context, file, state } = this.work;
    await signerOf(context, message);
    const expected = { types: [type], to: 'officer', ceremony: file.idBytes } as const;
    expectMessage(message, expected);
    if (state.step === 'plan' || state.step === 'key')
      throw new CeremonyError('wrong-step', 'No start message was made yet, so nothing can answer it.');
    const what = type === 'attempt' ? 'take an attempt' : 'take a result';
    const waiting = atStep(state, ['start', 'result', 'decode', 'destroy'], what);
    const sender = await signerOnRoster(context, message, waiting.roster);
    const { body, from } = expectMessage(message, { ...expected, sender, prev: fromHex(waiting.start) });
    return { body: body as Body<T>, from, signedBy: sender.name, waiting };
  }
}

/**
 * A station calls itself what it likes, and the officer hands the token over by that name: one that is the
 * planned station's is nobody else's. Throws `MessageError` 'wrong-sender'.
 */
function refuseBorrowedName(
  { station }: Body<'result'>,
  from: string,
  signedBy: string,
  { server }: Waiting,
): void {
  const planned = server.station;
  if (station === undefined || planned === null || planned.operator === from) return;
  if (nameKey(station.label) !== nameKey(planned.label)) return;
  throw new MessageError(
    'wrong-sender',
    `This result is signed by ${signedBy}, and calls its station “${station.label}”, which is that of the operator who introduced the server. Nothing was taken from it: a token could be sealed to the wrong station. Ask ${signedBy} how it came about.`,
  );
}

/** The officer's ceremony while a start message is out. */
type Waiting = OfficerAt<'start' | 'result' | 'decode' | 'destroy'>;

interface Answer<T extends 'attempt' | 'result'> {
  readonly body: Body<T>;
  readonly from: Uint8Array;
  readonly signedBy: string;
  readonly waiting: Waiting;
}
