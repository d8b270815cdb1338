import { asciiText, wipe } from '../../../shared/bytes';
import { atStep } from '../../../shared/ceremony/ceremony-error';
import type { OfficerAt } from '../../../shared/ceremony/officer';
import type { Passphrase } from '../../../shared/openpgp/s2k';
import { decodeToken } from '../../../shared/token/encoded-token';
import { parseOtp } from '../../../shared/token/otp';
import { openPgpToken } from '../../../shared/token/pgp-token';
import { type RootToken, uuidTokenCaveat } from '../../../shared/token/root-token';
import { StationError } from '../../station/station-error';
import { lockIdentity, unlockIdentity } from '../../store/identity';
import type { OfficerWork } from './work';

/** The decoded root token, in memory for as long as it is needed. */
export class TokenDesk {
  private held: RootToken | null = null;

  constructor(private readonly work: OfficerWork) {}

  /**
   * Decodes the result with the ceremony's key or OTP, which only the passphrase opens. Afterwards the token
   * is held in memory until it is forgotten. Throws `CeremonyError` 'wrong-step', `OpenPgpError`
   * 'wrong-passphrase', `StationError` 'no-secret', and `TokenError` naming what does not fit.
   */
  async decode(passphrase: Passphrase): Promise<void> {
    const taken = atStep(this.work.state, ['decode', 'destroy'], 'decode');
    const { result } = taken;
    const key = taken.secret.kind === 'pgp' ? taken.secret : null;
    const unlocked = await unlockIdentity(this.work.context.home, passphrase);
    const secret = await this.work.secret.read(unlocked.privateKey).finally(() => lockIdentity(unlocked));
    const token = await this.openToken(taken, secret).finally(() => wipe(secret));
    try {
      const next = this.work.next({
        type: 'decoded',
        token: {
          kind: token.kind,
          format: token.format,
          prefix: token.prefix,
          length: token.length,
          decodedAt: taken.token?.decodedAt ?? this.work.context.clock().toISOString(),
          keyMatches:
            key === null || result.signedBy === null
              ? null
              : result.pgpFingerprint.toLowerCase() === key.fingerprint,
          caution: token.format === 'uuid' && key === null ? uuidTokenCaveat : null,
        },
      });
      if (taken.token === null) {
        const { format, length, prefix } = token;
        this.work.file.journal.append('token-decoded', { nonce: result.nonce, format, length, prefix });
      }
      this.work.file.become(next);
    } catch (error) {
      wipe(token.bytes);
      throw error;
    }
    this.forget();
    this.held = token;
  }

  private async openToken(taken: OfficerAt<'decode' | 'destroy'>, secret: Uint8Array): Promise<RootToken> {
    const { encodedToken } = taken.result;
    const { tokenKind } = taken.draft;
    if (taken.secret.kind === 'pgp') return openPgpToken(encodedToken, secret, tokenKind);
    const otp = parseOtp(asciiText(secret), taken.server.otpLength);
    try {
      return decodeToken(encodedToken, otp, tokenKind);
    } finally {
      wipe(otp.characters);
    }
  }

  get isHeld(): boolean {
    return this.held !== null;
  }

  /** The token in clear. Throws `StationError` 'no-token' once it was forgotten. */
  reveal(): string {
    if (this.held === null) throw forgotten();
    this.work.file.journal.append('token-shown', {});
    return asciiText(this.held.bytes);
  }

  /**
   * The token's bytes, for sealing them: they stay this desk's, to be wiped. Throws `StationError` 'no-token'
   * once it was forgotten.
   */
  get bytes(): Uint8Array {
    if (this.held !== null) return this.held.bytes;
    throw forgotten();
  }

  /** Overwrites the token in memory. It can be decoded again for as long as the secret is here. */
  forget(): void {
    wipe(this.held?.bytes);
    this.held = null;
  }

  /**
   * Records that the operator says the token is revoked, by word; the proof is in the station's own journal.
   * A handoff that was made doesn't count any more: nobody need have taken it.
   */
  reportRevoked(): void {
    const next = this.work.next({ type: 'revocation-reported' });
    this.work.file.withdrawAll('handoff', 'the token was reported revoked, by word');
    this.work.file.journal.append('revocation-reported', {});
    this.forget();
    this.work.file.become(next);
  }
}

const forgotten = (): StationError =>
  new StationError('no-token', 'The token is no longer in memory. Decode it again with your passphrase.');
