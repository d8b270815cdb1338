import { asciiText, fromHex, toHex, wipe } from '../../../shared/bytes';
import { atStep } from '../../../shared/ceremony/ceremony-error';
import { type OfficerAt, secretOf } from '../../../shared/ceremony/officer';
import { seal } from '../../../shared/message/seal';
import type { SignedMessage } from '../../../shared/message/wire';
import { type KeyAlgorithm, type KeyPair, keyPairOf, makeKeyPair } from '../../../shared/openpgp/key-pair';
import { checkKeyForServer, parsePublicKey } from '../../../shared/openpgp/public-key';
import type { Passphrase } from '../../../shared/openpgp/s2k';
import { generateOtp } from '../../../shared/token/otp';
import { StationError } from '../../station/station-error';
import { sign } from '../signer';
import { startBody } from './agreed-plan';
import { KeyMaking } from './key-making';
import { requireCarried } from './plan-size';
import type { OfficerWork } from './work';

/**
 * What hides the token on its way back, a PGP key or a one-time password, and the start message that goes
 * with it.
 */
export class KeyDesk {
  private readonly making = new KeyMaking();

  constructor(private readonly work: OfficerWork) {}

  /** Stops the making of a key, from outside of the station's queue, in which that runs. */
  cancelMaking(): void {
    this.making.cancel();
  }

  /**
   * Makes the ceremony's PGP key pair (RSA takes seconds) and the start message that carries its public half.
   * Throws `CeremonyError` 'wrong-step', `StationError` 'key-cancelled', and `OpenPgpError` where the
   * server's clock makes the key useless.
   */
  async makeKey(algorithm: KeyAlgorithm): Promise<void> {
    const agreed = atStep(this.work.state, ['key'], 'make the key');
    const pair = await this.making.wait(
      makeKeyPair({
        name: 'Airlock ceremony',
        algorithm,
        now: this.work.context.clock(),
        use: 'encrypt',
      }),
    );
    await this.adoptKey(agreed, pair, algorithm);
  }

  /**
   * Uses a key pair made elsewhere, under its passphrase: armored, base64, or a file's bytes. Throws
   * `OpenPgpError` naming why it can't serve.
   */
  async importKey(locked: string | Uint8Array, passphrase: Passphrase): Promise<void> {
    const agreed = atStep(this.work.state, ['key'], 'import a key');
    await this.adoptKey(agreed, await keyPairOf(locked, passphrase), 'imported');
  }

  private async adoptKey(agreed: OfficerAt<'key'>, pair: KeyPair, algorithm: string): Promise<void> {
    try {
      const info = await parsePublicKey(pair.publicKey);
      await checkKeyForServer(
        pair.publicKey,
        new Date(agreed.server.serverTime ?? this.work.context.clock()),
        agreed.server.version,
      );
      this.work.file.journal.append('key-made', { fingerprint: toHex(pair.fingerprint), algorithm });
      await this.work.secret.keep(pair.privateKey, this.work.context.identity().publicKey);
      const start = await this.startMessage(agreed, { publicKey: pair.publicKey });
      this.work.file.withdrawAll('start', 'made anew before it was shown');
      this.work.file.send(start, 'qr');
      this.work.file.become(
        this.work.next({
          type: 'key-ready',
          key: {
            fingerprint: toHex(pair.fingerprint),
            algorithm: info.algorithm,
            publicKey: toHex(pair.publicKey),
            createdAt: info.created.toISOString(),
          },
          start: toHex(start.digest),
        }),
      );
    } finally {
      wipe(pair.privateKey);
    }
  }

  /**
   * Makes the one-time password, as long as the server asks, and the start message that carries it sealed.
   * Throws `CeremonyError` 'wrong-step'.
   */
  async makeOtp(): Promise<void> {
    const agreed = atStep(this.work.state, ['key'], 'make the one-time password');
    const { server } = agreed;
    const otp = generateOtp(server.otpLength, this.work.context.random);
    try {
      this.work.file.journal.append('otp-made', { otpLength: server.otpLength });
      await this.work.secret.keep(otp.characters, this.work.context.identity().publicKey);
      const sealedOtp =
        server.station === null
          ? undefined
          : await seal(otp.characters, fromHex(server.station.sealingKey), {
              purpose: 'otp',
              ceremony: this.work.file.idBytes,
              nonce: '',
              expiresAt: server.station.expiresAt,
              sender: this.work.context.identity().fingerprint,
            });
      const start = await this.startMessage(agreed, sealedOtp === undefined ? {} : { sealedOtp });
      this.work.file.withdrawAll('start', 'made anew before it was shown');
      this.work.file.send(start, 'qr');
      this.work.file.become(
        this.work.next({ type: 'otp-ready', length: server.otpLength, start: toHex(start.digest) }),
      );
    } finally {
      wipe(otp.characters);
    }
  }

  /** Throws `CeremonyError` 'plan-too-large'. */
  private async startMessage(
    agreed: OfficerAt<'key'>,
    secret: { publicKey?: Uint8Array; sealedOtp?: Uint8Array },
  ): Promise<SignedMessage<'start'>> {
    const { station } = agreed.server;
    const start = await sign(this.work.context, {
      type: 'start',
      ceremony: this.work.file.idBytes,
      prev: station === null ? null : fromHex(station.digest),
      body: startBody(agreed, secret),
    });
    requireCarried(start);
    return start;
  }

  /**
   * The OTP as text, for the plain command line. The transcript says that it is shown. Throws `StationError`
   * 'no-secret'.
   */
  async revealOtp(): Promise<string> {
    if (secretOf(this.work.state)?.kind !== 'otp')
      throw new StationError('no-secret', 'This ceremony has no one-time password.');
    const otp = await this.work.secret.read(this.work.context.identity().privateKey);
    try {
      this.work.file.journal.append('plain-crossing', { what: 'otp', direction: 'out' });
      return asciiText(otp);
    } finally {
      wipe(otp);
    }
  }

  /**
   * Records that the bare public key leaves the laptop, for the plain command line. Returns it, binary.
   * Throws `StationError` 'no-secret'.
   */
  exportPublicKey(): Uint8Array {
    const key = secretOf(this.work.state);
    if (key?.kind !== 'pgp') throw new StationError('no-secret', 'This ceremony has no PGP key.');
    this.work.file.journal.append('plain-crossing', { what: 'public-key', direction: 'out' });
    return fromHex(key.publicKey);
  }

  /**
   * Overwrites and deletes the key or the OTP; says whether there was one. On record before it is gone, and
   * once more where it could not be destroyed. Throws `StoreError` 'cannot-destroy'.
   */
  destroy(): boolean {
    const { file, secret, state } = this.work;
    const known = secretOf(state);
    // A crash may have left one that the state doesn't know of.
    if (known === null && !secret.isHere) return false;
    const isOtp = (known?.kind ?? state.draft.method) === 'otp';
    file.journal.append('secret-destroyed', { what: isOtp ? 'otp' : 'ceremony-key' });
    try {
      secret.destroy();
    } catch (error) {
      file.journal.append('exception', {
        text: `The ${isOtp ? 'one-time password' : 'key'} could not be destroyed: its file lies on this laptop still`,
      });
      throw error;
    }
    return true;
  }
}
