import { fromHex, toHex, wipe } from '../../shared/bytes';
import { checkAttempt } from '../../shared/ceremony/attempt-check';
import {
  type CustodianCeremony,
  type CustodianEvent,
  custodianCeremony,
  custodianNext,
} from '../../shared/ceremony/custodian';
import { participantOnDisk } from '../../shared/ceremony/participant';
import { expectMessage } from '../../shared/message/direction';
import { seal, sealingKeyId } from '../../shared/message/seal';
import { parseWire, type SignedMessage } from '../../shared/message/wire';
import { parsePublicKey } from '../../shared/openpgp/public-key';
import { type Share, shareText } from '../../shared/share/share';
import { compareWithRecorded, recordShare } from '../store/custody';
import { readState } from '../store/state-file';
import { type Carrier, CeremonyFile } from './ceremony-file';
import { issue, knownAs, participantOf } from './message-desk';
import { openEntry, refuseAnother, type ShareEntry } from './share-entry';
import { type StationContext, StationError } from './station-context';

type CustodianFile = CeremonyFile<CustodianCeremony>;

/** A custodian's work on one ceremony: check the attempt, enter the share, release it for that attempt only. */
export class CustodianDesk {
  private held: Share | null = null;

  private constructor(
    private readonly context: StationContext,
    readonly file: CustodianFile,
  ) {}

  static open(context: StationContext, id: string): CustodianDesk {
    const file = CeremonyFile.open(context, custodianCeremony, id, (state) => state.rehearsal);
    const desk = new CustodianDesk(context, file);
    // The program ended with the share in memory, and now it is gone.
    desk.forgetShare();
    return desk;
  }

  /**
   * Takes an attempt: the first of its ceremony, or a further one. Everything in it is held against the officer's own
   * signed plan. Throws `CeremonyError`, `MessageError`, `StationError` 'wrong-role'.
   */
  static async takeAttempt(
    context: StationContext,
    message: SignedMessage,
    carrier: Carrier,
  ): Promise<CustodianDesk> {
    const identity = context.identity();
    if (identity.role !== 'custodian') {
      throw new StationError(
        'wrong-role',
        'An attempt is for custodians and for the officer who planned it; this laptop’s person is neither.',
      );
    }
    const operator = await knownAs(context, message, 'operator');
    const attempt = expectMessage(message, { types: ['attempt'], to: 'custodian' });
    const startMessage = parseWire(attempt.body.start);
    const officer = await knownAs(context, startMessage, 'officer');
    const start = expectMessage(startMessage, { types: ['start'], to: 'operator' });
    const roster = start.body.roster.map(participantOnDisk);
    await participantOf(context, message, roster);
    await participantOf(context, startMessage, roster);
    const id = toHex(start.ceremony ?? new Uint8Array());
    const isHere = readState(context.home.ceremony(id).state, custodianCeremony) !== null;
    const existing = isHere ? CustodianDesk.open(context, id) : null;
    const facts = checkAttempt({
      attempt,
      attemptDigest: message.digest,
      start,
      startDigest: startMessage.digest,
      officer: officer.name,
      operator: operator.name,
      self: identity.fingerprint,
      keyFingerprint:
        start.body.publicKey === undefined
          ? null
          : toHex((await parsePublicKey(start.body.publicKey)).fingerprint),
      released: existing?.state.released ?? [],
    });
    const next = custodianNext(
      existing?.state ?? null,
      { type: 'attempt-taken', facts },
      context.clock().toISOString(),
    );
    const desk =
      existing ??
      new CustodianDesk(context, CeremonyFile.create(context, custodianCeremony, next, facts.rehearsal));
    desk.file.receive(message, carrier, operator.fingerprint);
    desk.file.become(next);
    return desk;
  }

  get state(): CustodianCeremony {
    return this.file.state;
  }

  private next(event: CustodianEvent): CustodianCeremony {
    return custodianNext(this.state, event, this.context.clock().toISOString());
  }

  /** The custodian compared the attempt's words by voice, and they match; or says in a sentence what differs. */
  check(matches: boolean, words: string, difference: string): void {
    if (matches) {
      const next = this.next({ type: 'words-match' });
      this.file.journal.append('words-compared', { what: 'attempt', words });
      this.file.become(next);
      return;
    }
    const next = this.next({ type: 'something-differs' });
    this.file.journal.append('exception', {
      text: `Stopped by the custodian: ${difference.trim() || 'something is different'}`,
    });
    this.forgetShare();
    this.file.become(next);
  }

  /**
   * Checks an entered share and holds it in memory. Throws `ShareError` naming what is wrong with it, and
   * `StationError` 'share-differs' where it isn't the one that was first entered here for this cluster.
   */
  async enterShare(entry: ShareEntry): Promise<void> {
    const share = await openEntry(entry, this.state.threshold);
    const { clusterId, clusterName, address } = this.state.server;
    const names = [clusterId || address, clusterName, address] as const;
    const recorded = compareWithRecorded(this.context.home, names, share);
    refuseAnother(entry, recorded, share);
    try {
      const next = this.next({
        type: 'share-entered',
        share: {
          length: share.bytes.length,
          x: share.x,
          seenBefore: recorded.kind === 'matches' ? 'matches' : 'first',
        },
      });
      if (recorded.kind === 'differs') {
        this.file.journal.append('exception', {
          text: 'The custodian says that the server was rekeyed: another share than the recorded one was entered',
        });
      }
      if (recorded.kind !== 'matches' || !recorded.named) {
        const since =
          recorded.kind === 'matches' ? recorded.record.firstEntered : this.context.clock().toISOString();
        recordShare(this.context.home, names, share, since, this.context.random);
      }
      this.file.become(next);
    } catch (error) {
      wipe(share.bytes);
      throw error;
    }
    this.dropShare();
    this.held = share;
  }

  /** Seals the held share to the station and signs it, for this attempt and no other. */
  async release(): Promise<SignedMessage<'share'>> {
    const { attempt } = this.state;
    const share = this.share();
    this.next({ type: 'released', digest: '', at: '' });
    if (this.context.clock().getTime() > Date.parse(attempt.expiresAt)) {
      throw new StationError(
        'not-compared',
        `By this laptop's clock the station's key expired at ${attempt.expiresAt}. Ask the operator for a new attempt code, or set the clock.`,
      );
    }
    const sealed = await seal(share.bytes, fromHex(attempt.sealingKey), {
      purpose: 'share',
      ceremony: this.file.idBytes,
      nonce: attempt.nonce,
      expiresAt: attempt.expiresAt,
    });
    const message = await issue(this.context, {
      type: 'share',
      ceremony: this.file.idBytes,
      prev: fromHex(attempt.digest),
      body: {
        nonce: attempt.nonce,
        sealedTo: sealingKeyId(fromHex(attempt.sealingKey)),
        sealed,
        expiresAt: attempt.expiresAt,
      },
    });
    const digest = toHex(message.digest);
    for (const earlier of this.state.released) {
      if (earlier.nonce === attempt.nonce && earlier.sealingKey === attempt.sealingKey) {
        this.file.withdraw('share', earlier.digest, 'released again for the same attempt');
      }
    }
    this.file.journal.append('share-released', { nonce: attempt.nonce, digest });
    this.file.send(message, 'qr');
    this.file.become(this.next({ type: 'released', digest, at: this.context.clock().toISOString() }));
    return message;
  }

  get holdsShare(): boolean {
    return this.held !== null;
  }

  /** The share as hex, for the plain command line; the transcript says that it was shown. */
  revealShare(): string {
    const share = this.share();
    this.file.journal.append('plain-crossing', { what: 'share', direction: 'out' });
    return shareText(share);
  }

  /** The held share for a card, with what the card says of its cluster. The transcript says that it goes out. */
  shareForCard(): { readonly share: Share; readonly cluster: string } {
    const share = this.share();
    const { clusterName, clusterId, address } = this.state.server;
    this.file.journal.append('plain-crossing', { what: 'share', direction: 'out' });
    return { share, cluster: [clusterName, clusterId].filter((name) => name !== '').join(' · ') || address };
  }

  forgetShare(): void {
    this.dropShare();
    if (this.state.step === 'release') this.file.become(this.next({ type: 'share-forgotten' }));
  }

  /** Ends this custodian's part: the share is overwritten in memory. */
  finish(): void {
    const next = this.next({ type: 'done' });
    this.dropShare();
    this.file.become(next);
  }

  private dropShare(): void {
    wipe(this.held?.bytes);
    this.held = null;
  }

  private share(): Share {
    if (this.held === null) {
      throw new StationError('no-share', 'The share is no longer in memory. Enter it again.');
    }
    return this.held;
  }
}
