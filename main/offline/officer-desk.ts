import { asciiText, fromHex, toHex, wipe } from '../../shared/bytes';
import { CeremonyError, requireStep } from '../../shared/ceremony/ceremony-error';
import {
  newOfficerCeremony,
  type OfficerCeremony,
  type OfficerEvent,
  officerCeremony,
  officerNext,
  type ServerFacts,
} from '../../shared/ceremony/officer';
import type { PlanDraft } from '../../shared/ipc/app-state';
import { expectMessage } from '../../shared/message/direction';
import { seal } from '../../shared/message/seal';
import type { SignedMessage } from '../../shared/message/wire';
import { type KeyAlgorithm, type KeyPair, keyPairOf, makeKeyPair } from '../../shared/openpgp/key-pair';
import { checkKeyForServer, parsePublicKey } from '../../shared/openpgp/public-key';
import { decodeToken } from '../../shared/token/encoded-token';
import { generateOtp, parseOtp } from '../../shared/token/otp';
import { openPgpToken } from '../../shared/token/pgp-token';
import { type RootToken, uuidTokenCaveat } from '../../shared/token/root-token';
import { lockIdentity, unlockIdentity } from '../store/identity';
import { listPeople } from '../store/people';
import { planForTranscript, rosterOf, startBody } from './agreed-plan';
import { type Carrier, CeremonyFile } from './ceremony-file';
import { CeremonySecret } from './ceremony-secret';
import { issue, knownAs, participantOf } from './message-desk';
import { type FactsByHand, factsByHand, factsOfStation } from './server-facts';
import { type StationContext, StationError } from './station-context';

type OfficerFile = CeremonyFile<OfficerCeremony>;

/** The officer's work on one ceremony: plan, key or OTP, start message, result, decoding, destruction. */
export class OfficerDesk {
  private held: RootToken | null = null;
  private readonly secret: CeremonySecret;

  private constructor(
    private readonly context: StationContext,
    readonly file: OfficerFile,
  ) {
    this.secret = new CeremonySecret(file.paths.secret);
  }

  /** Begins a ceremony at its plan. Throws `StationError` 'wrong-role' unless this person is an officer. */
  static begin(context: StationContext, rehearsal: boolean): OfficerDesk {
    if (context.identity().role !== 'officer') {
      throw new StationError(
        'wrong-role',
        'Only an officer begins a ceremony. On this laptop you can take the code of one.',
      );
    }
    const state = newOfficerCeremony(toHex(context.random(16)), rehearsal, context.clock().toISOString());
    const file = CeremonyFile.create(context, officerCeremony, state, rehearsal);
    file.become(state);
    return new OfficerDesk(context, file);
  }

  static open(context: StationContext, id: string): OfficerDesk {
    return new OfficerDesk(
      context,
      CeremonyFile.open(context, officerCeremony, id, (state) => state.draft.rehearsal),
    );
  }

  get state(): OfficerCeremony {
    return this.file.state;
  }

  private next(event: OfficerEvent): OfficerCeremony {
    return officerNext(this.state, event, this.context.clock().toISOString());
  }

  /** Keeps the plan as typed so far. The rehearsal mark is set when the ceremony begins, and stays. */
  saveDraft(draft: PlanDraft): void {
    this.file.become(
      this.next({ type: 'draft-changed', draft: { ...draft, rehearsal: this.state.draft.rehearsal } }),
    );
  }

  /** Takes what an operator without a station reads out: the transcript says that it came unsigned. */
  serverByHand(facts: FactsByHand): void {
    const next = this.next({ type: 'server-learned', server: factsByHand(facts) });
    this.file.journal.append('plain-crossing', { what: 'server-facts', direction: 'in' });
    this.file.become(next);
  }

  /** Takes the station's introduction into the plan: from someone known here as an operator. */
  async takeStation(message: SignedMessage, carrier: Carrier): Promise<void> {
    const { fingerprint } = await knownAs(this.context, message, 'operator');
    const { body } = expectMessage(message, { types: ['station'], to: 'officer' });
    const server = factsOfStation(body, message.digest, fingerprint, this.state.draft.rehearsal);
    const next = this.next({ type: 'server-learned', server });
    this.file.receive(message, carrier, fingerprint);
    this.file.become(next);
  }

  /** Fixes the plan. Throws `CeremonyError` naming what it lacks. */
  agreePlan(draft: PlanDraft): void {
    const kept = { ...draft, rehearsal: this.state.draft.rehearsal };
    const roster = rosterOf(this.context.identity(), listPeople(this.context.home), kept.roster);
    const next = this.next({ type: 'plan-agreed', draft: kept, roster });
    this.file.journal.append('plan-agreed', planForTranscript(kept, this.server(), roster));
    this.file.become(next);
  }

  /**
   * Back to the plan, for another server, roster or method, while there is no result. What was made so far is withdrawn
   * and destroyed: an attempt that still runs with it can't be decoded any more, and has to be cancelled.
   */
  reopenPlan(): void {
    const next = this.next({ type: 'plan-reopened' });
    this.giveUpStart('the officer went back to the plan');
    this.file.become(next);
  }

  private giveUpStart(reason: string): void {
    const { key, otp } = this.state;
    // Written before the key is gone; a start that never left this laptop is then not looked for elsewhere.
    this.file.withdrawAll('start', reason);
    if (key !== null || otp !== null || this.secret.isHere) {
      this.file.journal.append('secret-destroyed', { what: otp === null ? 'ceremony-key' : 'otp' });
      this.secret.destroy();
    }
  }

  /** Makes the ceremony's PGP key pair (RSA takes seconds) and the start message that carries its public half. */
  async makeKey(algorithm: KeyAlgorithm): Promise<void> {
    requireStep(this.state.step, ['key'], 'make the key');
    const pair = await makeKeyPair({
      name: 'Airlock ceremony',
      algorithm,
      now: this.context.clock(),
      use: 'encrypt',
    });
    await this.adoptKey(pair, algorithm);
  }

  /** Uses a key pair made elsewhere: armored, under its passphrase. Throws `OpenPgpError` naming why it can't serve. */
  async importKey(armored: string, passphrase: string): Promise<void> {
    requireStep(this.state.step, ['key'], 'import a key');
    await this.adoptKey(await keyPairOf(armored, passphrase), 'imported');
  }

  private async adoptKey(pair: KeyPair, algorithm: string): Promise<void> {
    try {
      const info = await parsePublicKey(pair.publicKey);
      await checkKeyForServer(pair.publicKey, new Date(this.server().serverTime ?? this.context.clock()));
      this.file.journal.append('key-made', { fingerprint: toHex(pair.fingerprint), algorithm });
      await this.secret.keep(pair.privateKey, this.context.identity().publicKey);
      const start = await this.startMessage({ publicKey: pair.publicKey });
      this.file.withdrawAll('start', 'made anew before it was shown');
      this.file.send(start, 'qr');
      this.file.become(
        this.next({
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

  /** Makes the one-time password, as long as the server asks, and the start message that carries it sealed. */
  async makeOtp(): Promise<void> {
    requireStep(this.state.step, ['key'], 'make the one-time password');
    const server = this.server();
    const otp = generateOtp(server.otpLength, this.context.random);
    try {
      this.file.journal.append('otp-made', { otpLength: server.otpLength });
      await this.secret.keep(otp.characters, this.context.identity().publicKey);
      const sealedOtp =
        server.station === null
          ? undefined
          : await seal(otp.characters, fromHex(server.station.sealingKey), {
              purpose: 'otp',
              ceremony: this.file.idBytes,
              nonce: '',
              expiresAt: server.station.expiresAt,
            });
      const start = await this.startMessage(sealedOtp === undefined ? {} : { sealedOtp });
      this.file.withdrawAll('start', 'made anew before it was shown');
      this.file.send(start, 'qr');
      this.file.become(
        this.next({ type: 'otp-ready', length: server.otpLength, start: toHex(start.digest) }),
      );
    } finally {
      wipe(otp.characters);
    }
  }

  private startMessage(secret: { publicKey?: Uint8Array; sealedOtp?: Uint8Array }) {
    const server = this.server();
    return issue(this.context, {
      type: 'start',
      ceremony: this.file.idBytes,
      prev: server.station === null ? null : fromHex(server.station.digest),
      body: startBody(this.state, server, secret),
    });
  }

  startSent(): void {
    this.file.become(this.next({ type: 'start-sent' }));
  }

  startAgain(): void {
    this.file.become(this.next({ type: 'start-again' }));
  }

  /** The OTP as text, for the plain command line; the transcript says that it was shown. */
  async revealOtp(): Promise<string> {
    if (this.state.otp === null)
      throw new StationError('no-secret', 'This ceremony has no one-time password.');
    const otp = await this.secret.read(this.context.identity().privateKey);
    try {
      this.file.journal.append('plain-crossing', { what: 'otp', direction: 'out' });
      return asciiText(otp);
    } finally {
      wipe(otp);
    }
  }

  /** Records that the bare public key leaves the laptop, for the plain command line. Returns it, binary. */
  exportPublicKey(): Uint8Array {
    if (this.state.key === null) throw new StationError('no-secret', 'This ceremony has no PGP key.');
    this.file.journal.append('plain-crossing', { what: 'public-key', direction: 'out' });
    return fromHex(this.state.key.publicKey);
  }

  /** Takes the attempt that the station opened for this ceremony. */
  async takeAttempt(message: SignedMessage, carrier: Carrier): Promise<void> {
    const sender = await participantOf(this.context, message, this.state.roster);
    const { body, from } = expectMessage(message, {
      types: ['attempt'],
      to: 'officer',
      sender,
      ceremony: this.file.idBytes,
      prev: this.startDigest(),
    });
    const next = this.next({
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
    const before = this.state.attempt?.nonce;
    this.file.receive(message, carrier, from);
    if (before !== undefined && before !== body.nonce) {
      this.file.journal.append('attempt-changed', { expected: before, found: body.nonce });
    }
    this.file.become(next);
  }

  /** Takes the result of the attempt. */
  async takeResult(message: SignedMessage, carrier: Carrier): Promise<void> {
    const sender = await participantOf(this.context, message, this.state.roster);
    const { body, from } = expectMessage(message, {
      types: ['result'],
      to: 'officer',
      sender,
      ceremony: this.file.idBytes,
      prev: this.startDigest(),
    });
    const next = this.next({
      type: 'result-taken',
      result: {
        nonce: body.nonce,
        encodedToken: body.encodedToken,
        pgpFingerprint: body.pgpFingerprint,
        signedBy: sender.name,
        takenAt: this.context.clock().toISOString(),
      },
    });
    this.file.receive(message, carrier, from);
    this.file.become(next);
  }

  /** Takes a bare encoded token: a crossing without a signature, and recorded so. */
  takeEncodedToken(text: string, nonce: string): void {
    const encodedToken = text.trim();
    if (encodedToken === '') {
      throw new CeremonyError(
        'plan-incomplete',
        'There is no encoded token in the field. Paste what the command line printed as “Encoded Token”.',
      );
    }
    const next = this.next({
      type: 'result-taken',
      result: {
        nonce: nonce.trim(),
        encodedToken,
        pgpFingerprint: '',
        signedBy: null,
        takenAt: this.context.clock().toISOString(),
      },
    });
    this.file.journal.append('plain-crossing', { what: 'encoded-token', direction: 'in' });
    this.file.become(next);
  }

  /**
   * Decodes the result with the ceremony's key or OTP, which only the passphrase opens. Afterwards the token is held in
   * memory until it is forgotten. Throws `OpenPgpError` 'wrong-passphrase', `TokenError` naming what does not fit.
   */
  async decode(passphrase: string): Promise<void> {
    const { result, key } = this.state;
    if (result === null)
      throw new CeremonyError(
        'wrong-step',
        'There is no result to decode yet. Take it from the station first.',
      );
    requireStep(this.state.step, ['decode', 'destroy'], 'decode');
    const unlocked = await unlockIdentity(this.context.home, passphrase);
    const secret = await this.secret.read(unlocked.privateKey).finally(() => lockIdentity(unlocked));
    const token = await this.openToken(result.encodedToken, secret).finally(() => wipe(secret));
    try {
      const next = this.next({
        type: 'decoded',
        token: {
          kind: token.kind,
          format: token.format,
          prefix: token.prefix,
          length: token.length,
          decodedAt: this.state.token?.decodedAt ?? this.context.clock().toISOString(),
          keyMatches:
            key === null || result.signedBy === null
              ? null
              : result.pgpFingerprint.toLowerCase() === key.fingerprint,
          caution: token.format === 'uuid' && key === null ? uuidTokenCaveat : null,
        },
      });
      if (this.state.token === null) {
        const { format, length, prefix } = token;
        this.file.journal.append('token-decoded', { nonce: result.nonce, format, length, prefix });
      }
      this.file.become(next);
    } catch (error) {
      wipe(token.bytes);
      throw error;
    }
    this.forgetToken();
    this.held = token;
  }

  private async openToken(encoded: string, secret: Uint8Array): Promise<RootToken> {
    if (this.state.key !== null) return openPgpToken(encoded, secret);
    const otp = parseOtp(asciiText(secret), this.server().otpLength);
    try {
      return decodeToken(encoded, otp);
    } finally {
      wipe(otp.characters);
    }
  }

  get holdsToken(): boolean {
    return this.held !== null;
  }

  /** The token in clear. Throws `StationError` 'no-token' once it was forgotten. */
  revealToken(): string {
    if (this.held === null) {
      throw new StationError(
        'no-token',
        'The token is no longer in memory. Decode it again with your passphrase.',
      );
    }
    this.file.journal.append('token-shown', {});
    return asciiText(this.held.bytes);
  }

  forgetToken(): void {
    wipe(this.held?.bytes);
    this.held = null;
  }

  /** Records that the operator says the token is revoked; the proof is in the station's own journal. */
  revocationReported(): void {
    const next = this.next({ type: 'revocation-reported' });
    this.file.journal.append('revocation-reported', {});
    this.forgetToken();
    this.file.become(next);
  }

  /**
   * Overwrites and deletes the ceremony's key or OTP, where one was made. From then on nothing can be decoded here; the
   * ceremony is ready to be signed off.
   */
  destroySecret(): void {
    const { start, result, attempt } = this.state;
    const next = this.next({ type: 'secret-destroyed', at: this.context.clock().toISOString() });
    this.forgetToken();
    if (result === null && attempt === null && start !== null) {
      this.giveUpStart('the officer gave the ceremony up');
    } else if (start !== null) {
      this.file.journal.append('secret-destroyed', {
        what: this.state.key === null ? 'otp' : 'ceremony-key',
      });
      this.secret.destroy();
    } else {
      this.file.journal.append('exception', {
        text: 'The officer gave the ceremony up before anything was made for it',
      });
      this.secret.destroy();
    }
    this.file.become(next);
  }

  private server(): ServerFacts {
    const { server } = this.state;
    if (server === null) throw new CeremonyError('no-server', 'The plan names no server yet.');
    return server;
  }

  private startDigest(): Uint8Array {
    const { start } = this.state;
    if (start === null)
      throw new CeremonyError('wrong-step', 'No start message was made yet, so nothing can answer it.');
    return fromHex(start);
  }
}
