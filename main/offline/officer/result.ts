import { fromHex, toHex } from '../../../shared/bytes';
import { CeremonyError } from '../../../shared/ceremony/ceremony-error';
import type { Body } from '../../../shared/message/body';
import { expectMessage } from '../../../shared/message/direction';
import type { SignedMessage } from '../../../shared/message/wire';
import { checkEncrypted } from '../../../shared/openpgp/sealed-to-self';
import { checkEncodedToken } from '../../../shared/token/encoded-token';
import type { Carrier } from '../ceremony-file';
import { participantOf, signerOf } from '../signer';
import type { OfficerWork } from './work';

/** What comes back to the officer: the attempt that was opened, and its result. */
export class ResultDesk {
  constructor(private readonly work: OfficerWork) {}

  /** Takes the attempt that the station opened for this ceremony. */
  async takeAttempt(message: SignedMessage, carrier: Carrier): Promise<void> {
    const { body, from } = await this.answer(message, 'attempt');
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
    const before = this.work.state.attempt?.nonce;
    this.work.file.receive(message, carrier, from);
    if (before !== undefined && before !== body.nonce) {
      this.work.file.journal.append('attempt-changed', { expected: before, found: body.nonce });
    }
    this.work.file.become(next);
  }

  /** Takes the result of the attempt. */
  async takeResult(message: SignedMessage, carrier: Carrier): Promise<void> {
    const { body, from, signedBy } = await this.answer(message, 'result');
    const next = this.work.next({
      type: 'result-taken',
      result: {
        nonce: body.nonce,
        encodedToken: body.encodedToken,
        pgpFingerprint: body.pgpFingerprint,
        signedBy,
        takenAt: this.work.context.clock().toISOString(),
      },
    });
    this.work.file.receive(message, carrier, from);
    this.recordSameStation(from);
    this.work.file.become(next);
  }

  /** The station that the OTP was sealed to took the answer as well: it could read the token (DESIGN.md §2). */
  private recordSameStation(from: Uint8Array): void {
    const { otp, server, draft } = this.work.state;
    if (otp === null || server?.station?.operator !== toHex(from)) return;
    const { journal } = this.work.file;
    const text = `The station that opened the one-time password (${server.station.label}) also took the answer, and so could read the root token. ${
      draft.sameStationAllowed
        ? 'The officer allowed it in the plan.'
        : 'The officer had not allowed it: use the token only if that station may know it, and revoke it soon.'
    }`;
    const known = journal.entries().some((line) => line.event === 'exception' && line.data.text === text);
    if (!known) journal.append('exception', { text });
  }

  /** Takes a bare encoded token: a crossing without a signature, and recorded so. */
  async takeEncodedToken(text: string, nonce: string): Promise<void> {
    const encodedToken = text.trim();
    if (encodedToken === '') {
      throw new CeremonyError(
        'plan-incomplete',
        'There is no encoded token in the field. Paste what the command line printed as “Encoded Token”.',
      );
    }
    // What is no answer at all is not kept: it may be a secret that was pasted into the wrong field.
    const { key, attempt } = this.work.state;
    if (key === null) checkEncodedToken(encodedToken, this.work.server().otpLength);
    else await checkEncrypted(encodedToken);
    const next = this.work.next({
      type: 'result-taken',
      result: {
        nonce: nonce.trim(),
        encodedToken,
        pgpFingerprint: '',
        signedBy: null,
        takenAt: this.work.context.clock().toISOString(),
      },
    });
    if (attempt === null) this.work.file.withdrawAll('start', 'the result came as a plain value');
    this.work.file.journal.append('plain-crossing', { what: 'encoded-token', direction: 'in' });
    this.work.file.become(next);
  }

  /**
   * A message of the station that answers this ceremony's start. Whether it belongs here at all is asked before the
   * roster: of another ceremony's message, or before there is a plan, "not on the roster" says nothing that is true.
   */
  private async answer<T extends 'attempt' | 'result'>(
    message: SignedMessage,
    type: T,
  ): Promise<{ readonly body: Body<T>; readonly from: Uint8Array; readonly signedBy: string }> {
    const { context, file, state } = this.work;
    await signerOf(context, message);
    const expected = { types: [type], to: 'officer', ceremony: file.idBytes } as const;
    expectMessage(message, expected);
    const prev = this.startDigest();
    const sender = await participantOf(context, message, state.roster);
    const { body, from } = expectMessage(message, { ...expected, sender, prev });
    return { body: body as Body<T>, from, signedBy: sender.name };
  }

  private startDigest(): Uint8Array {
    const { start } = this.work.state;
    if (start === null)
      throw new CeremonyError('wrong-step', 'No start message was made yet, so nothing can answer it.');
    return fromHex(start);
  }
}
