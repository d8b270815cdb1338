import { asciiText, wipe } from '../../../shared/bytes';
import { CeremonyError, requireStep } from '../../../shared/ceremony/ceremony-error';
import { decodeToken } from '../../../shared/token/encoded-token';
import { parseOtp } from '../../../shared/token/otp';
import { openPgpToken } from '../../../shared/token/pgp-token';
import { type RootToken, uuidTokenCaveat } from '../../../shared/token/root-token';
import { lockIdentity, unlockIdentity } from '../../store/identity';
import { StationError } from '../station-context';
import type { OfficerWork } from './work';

/** The decoded root token, in memory for as long as it is needed. */
export class TokenDesk {
  private held: RootToken | null = null;

  constructor(private readonly work: OfficerWork) {}

  /**
   * Decodes the result with the ceremony's key or OTP, which only the passphrase opens. Afterwards the token is held in
   * memory until it is forgotten. Throws `OpenPgpError` 'wrong-passphrase', `TokenError` naming what does not fit.
   */
  async decode(passphrase: string): Promise<void> {
    const { result, key } = this.work.state;
    if (result === null)
      throw new CeremonyError(
        'wrong-step',
        'There is no result to decode yet. Take it from the station first.',
      );
    requireStep(this.work.state.step, ['decode', 'destroy'], 'decode');
    const unlocked = await unlockIdentity(this.work.context.home, passphrase);
    const secret = await this.work.secret.read(unlocked.privateKey).finally(() => lockIdentity(unlocked));
    const token = await this.openToken(result.encodedToken, secret).finally(() => wipe(secret));
    try {
      const next = this.work.next({
        type: 'decoded',
        token: {
          kind: token.kind,
          format: token.format,
          prefix: token.prefix,
          length: token.length,
          decodedAt: this.work.state.token?.decodedAt ?? this.work.context.clock().toISOString(),
          keyMatches:
            key === null || result.signedBy === null
              ? null
              : result.pgpFingerprint.toLowerCase() === key.fingerprint,
          caution: token.format === 'uuid' && key === null ? uuidTokenCaveat : null,
        },
      });
      if (this.work.state.token === null) {
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

  private async openToken(encoded: string, secret: Uint8Array): Promise<RootToken> {
    if (this.work.state.key !== null) return openPgpToken(encoded, secret);
    const otp = parseOtp(asciiText(secret), this.work.server().otpLength);
    try {
      return decodeToken(encoded, otp);
    } finally {
      wipe(otp.characters);
    }
  }

  get isHeld(): boolean {
    return this.held !== null;
  }

  /** The token in clear. Throws `StationError` 'no-token' once it was forgotten. */
  reveal(): string {
    if (this.held === null) {
      throw new StationError(
        'no-token',
        'The token is no longer in memory. Decode it again with your passphrase.',
      );
    }
    this.work.file.journal.append('token-shown', {});
    return asciiText(this.held.bytes);
  }

  forget(): void {
    wipe(this.held?.bytes);
    this.held = null;
  }

  /** Records that the operator says the token is revoked; the proof is in the station's own journal. */
  reportRevoked(): void {
    const next = this.work.next({ type: 'revocation-reported' });
    this.work.file.journal.append('revocation-reported', {});
    this.forget();
    this.work.file.become(next);
  }
}
