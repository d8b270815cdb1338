import { fromHex, toHex, wipe } from '../../../shared/bytes';
import {
  type CustodianCeremony,
  type CustodianEvent,
  custodianCeremony,
  custodianNext,
  newCustodianCeremony,
  releaseOf,
} from '../../../shared/ceremony/custodian';
import { inNamespace, namespaceName } from '../../../shared/ceremony/namespace';
import { refuseOtherTasks } from '../../../shared/ceremony/outcome-check';
import type { ServerIdentity } from '../../../shared/message/body';
import { expectMessage } from '../../../shared/message/direction';
import { seal, sealingKeyId } from '../../../shared/message/seal';
import type { SignedMessage } from '../../../shared/message/wire';
import { type Share, shareText } from '../../../shared/share/share';
import { nonceWords } from '../../../shared/words';
import type { Carrier } from '../../station/carrier';
import type { StationContext } from '../../station/context';
import type { Outbound } from '../../station/outbox';
import { StationError } from '../../station/station-error';
import { compareWithRecorded, recordShare } from '../../store/custody';
import { readState } from '../../store/state-file';
import { hasBrought } from '../brought';
import { CeremonyFile } from '../ceremony-file';
import { sign, signerKnownAs, signerOnRoster } from '../signer';
import { outcomeIn } from '../taken-outcome';
import { vouchedOperator } from '../vouched-outcome';
import type { CheckedAttempt } from './checked-attempt';
import { checkAttemptAgain, refuseOtherAttempt } from './kept-attempt';
import { rosterOf } from './roster';
import { openEntry, replacement, type ShareEntry } from './share-entry';

type CustodianFile = CeremonyFile<CustodianCeremony>;

/**
 * A custodian's work on one ceremony: check the attempt, enter the share, release it for that attempt only.
 */
export class CustodianDesk {
  private held: Share | null = null;

  private constructor(
    private readonly context: StationContext,
    readonly file: CustodianFile,
  ) {}

  /** Opens one that lies on disk. `id`: hex. Throws `StationError` 'no-ceremony', `StoreError`. */
  static open(context: StationContext, id: string): CustodianDesk {
    const desk = CustodianDesk.onDisk(context, id);
    // The program may have ended with the share in memory. It is gone now, and has to be entered again.
    desk.forgetShare();
    return desk;
  }

  private static onDisk(context: StationContext, id: string): CustodianDesk {
    const file = CeremonyFile.open(context, custodianCeremony, id, (state) => state.rehearsal);
    refuseOtherAttempt(file);
    return new CustodianDesk(context, file);
  }

  /** The desk of an attempt whose ceremony is not open: new here, or known from an earlier attempt. */
  static ofAttempt(context: StationContext, checked: CheckedAttempt, carrier: Carrier): CustodianDesk {
    const { facts } = checked;
    if (readState(context.home.ceremony(facts.id).state, custodianCeremony) !== null) {
      const desk = CustodianDesk.onDisk(context, facts.id);
      desk.takeAttempt(checked, carrier);
      return desk;
    }
    const first = newCustodianCeremony(facts, context.clock().toISOString());
    const file = CeremonyFile.create(context, custodianCeremony, first, facts.rehearsal);
    file.receive(checked.message, carrier, checked.operator);
    file.journal.append('plan-taken', checked.plan);
    file.become(first);
    return new CustodianDesk(context, file);
  }

  /**
   * Goes over to a further attempt of this ceremony. The share was entered for another attempt, and is
   * overwritten.
   */
  takeAttempt({ message, facts, operator, plan }: CheckedAttempt, carrier: Carrier): void {
    const next = this.next({ type: 'attempt-taken', facts });
    this.file.receive(message, carrier, operator);
    if (facts.start !== this.state.start) this.file.journal.append('plan-taken', plan);
    this.file.become(next);
    this.dropShare();
  }

  /**
   * Takes what became of the token, before the custodian signs off: from the station to which the officer of
   * this plan handed it over, for this attempt, and of all tasks of the plan. The same one twice is on record
   * once. Throws `CeremonyError` 'not-on-roster', 'other-tasks', `MessageError`, `StationError`
   * 'signer-of-other-role'.
   */
  async takeOutcome(message: SignedMessage<'outcome'>, carrier: Carrier): Promise<void> {
    const { file, context } = this;
    await signerKnownAs(context, message, 'operator');
    const { name, role } = await signerOnRoster(context, message, rosterOf(file));
    expectMessage(message, {
      types: ['outcome'],
      to: 'custodian',
      sender: { name, role },
      ceremony: file.idBytes,
      nonce: this.state.attempt.nonce,
    });
    const operator = await vouchedOperator(context, message, fromHex(this.state.officer));
    refuseOtherTasks(message.envelope.body, this.state.tasks);
    if (outcomeIn(file) !== toHex(message.digest)) file.receive(message, carrier, operator.fingerprint);
  }

  /** The outcome that was taken in; null where none was. */
  get outcome(): SignedMessage<'outcome'> | null {
    const digest = outcomeIn(this.file);
    return digest === null ? null : this.file.message(digest, 'outcome');
  }

  /** Whether a task of the plan has brought something back for this custodian. */
  get hasBrought(): boolean {
    const { outcome } = this;
    return outcome !== null && hasBrought(outcome, this.context.identity());
  }

  get state(): CustodianCeremony {
    return this.file.state;
  }

  private next(event: CustodianEvent): CustodianCeremony {
    return custodianNext(this.state, event, this.context.clock().toISOString());
  }

  /**
   * The custodian compared the attempt's words by voice, and they match; or says in a sentence what differs.
   * Throws `CeremonyError` 'wrong-step'.
   */
  check(matches: boolean, difference: string): void {
    if (matches) {
      const words = nonceWords(this.state.attempt.nonce);
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
   * Checks the attempt in hand once more, then an entered share, and holds that in memory. Throws what
   * `checkedAttempt` does, `ShareError` naming what is wrong with the share, and `StationError`
   * 'share-differs' where it isn't the one that was first entered here for this cluster, unless the entry
   * says why.
   */
  async enterShare(entry: ShareEntry): Promise<void> {
    await checkAttemptAgain(this.context, this.file);
    const share = await openEntry(entry, this.state.threshold);
    const names = custodyNames(this.state.server);
    const recorded = compareWithRecorded(this.context.home, names, share);
    const replaces = replacement(entry, recorded, share);
    try {
      const next = this.next({
        type: 'share-entered',
        share: {
          length: share.bytes.length,
          x: share.x,
          seenBefore: recorded.kind === 'matches' ? 'matches' : 'first',
        },
      });
      if (replaces !== null) this.file.journal.append('exception', { text: replaces });
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

  /**
   * Seals the held share to the station and signs it, for this attempt and no other. Then the share is
   * overwritten. What was checked before: the attempt in `checked-attempt.ts`, the share itself in
   * `enterShare`. Throws `StationError` 'no-share', 'station-key-expired', and `CeremonyError` 'wrong-step'.
   */
  async release(): Promise<SignedMessage<'share'>> {
    const { attempt } = this.state;
    const share = this.share();
    await checkAttemptAgain(this.context, this.file);
    this.next({ type: 'released', digest: '', at: '' });
    if (this.context.clock().getTime() > Date.parse(attempt.expiresAt)) {
      throw new StationError(
        'station-key-expired',
        `By this laptop's clock the station's key expired at ${attempt.expiresAt}. Ask the operator for a new attempt code, or set the clock.`,
      );
    }
    const sealed = await seal(share.bytes, fromHex(attempt.sealingKey), {
      purpose: 'share',
      ceremony: this.file.idBytes,
      nonce: attempt.nonce,
      expiresAt: attempt.expiresAt,
      sender: this.context.identity().fingerprint,
    });
    const message = await sign(this.context, {
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
    for (const earlier of this.file.standing('share'))
      if (this.isReplaced(earlier))
        this.file.withdraw('share', earlier, 'released again for the same attempt');
    this.file.journal.append('share-released', { nonce: attempt.nonce, digest });
    this.file.send(message, 'qr');
    this.file.become(this.next({ type: 'released', digest, at: this.context.clock().toISOString() }));
    this.dropShare();
    return message;
  }

  /**
   * Whether a new release takes the place of an earlier one. It does for the same attempt and station, and
   * where a crash cut the earlier one short, so that the state doesn't know of it.
   */
  private isReplaced(digest: string): boolean {
    const { attempt, released } = this.state;
    const known = released.find((release) => release.digest === digest);
    return known === undefined || (known.nonce === attempt.nonce && known.sealingKey === attempt.sealingKey);
  }

  /** The share message on its way out: released since the attempt in hand was taken, and not withdrawn. */
  get outbound(): Outbound | null {
    const release = releaseOf(this.state);
    if (release === null || !this.file.standing('share').includes(release.digest)) return null;
    return { message: this.file.message(release.digest, 'share'), title: 'Sealed share' };
  }

  /** Whether a share message of this ceremony was made that counts still. */
  get shareStands(): boolean {
    return this.file.standing('share').length > 0;
  }

  get holdsShare(): boolean {
    return this.held !== null;
  }

  /**
   * The share as hex, for the plain command line. The transcript says first that it is shown. Throws
   * `StationError` 'no-share'.
   */
  revealShare(): string {
    const share = this.share();
    this.file.journal.append('plain-crossing', { what: 'share', direction: 'out' });
    return shareText(share);
  }

  /**
   * The held share for a card, with what the card says of its cluster. The transcript says first that it goes
   * out. Throws `StationError` 'no-share'.
   */
  shareForCard(): { readonly share: Share; readonly cluster: string } {
    const share = this.share();
    const { server } = this.state;
    this.file.journal.append('plain-crossing', { what: 'share', direction: 'out' });
    return { share, cluster: cardName(server) };
  }

  /** Overwrites the held share. It has to be entered again, unless it is released already. */
  forgetShare(): void {
    this.dropShare();
    if (this.state.step === 'release') this.file.become(this.next({ type: 'share-forgotten' }));
  }

  /**
   * The custodian says that nobody carried the released share to its station. Nobody need have received it
   * then.
   */
  withdrawRelease(): void {
    this.file.withdrawAll('share', 'it was not needed, says the custodian');
    this.finish();
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

/**
 * The names under which a share of this server is known here. A namespace has shares of its own: theirs are
 * never those of the whole server.
 */
function custodyNames(server: ServerIdentity): readonly [string, string, string] {
  const { clusterId, clusterName, address } = server;
  const within = (name: string): string => (name === '' ? '' : name + inNamespace(server));
  return [within(clusterId || address), within(clusterName), within(address)];
}

/** What a share's card calls its server. */
function cardName(server: ServerIdentity): string {
  const { clusterName, clusterId, address } = server;
  const cluster = [clusterName, clusterId].filter((name) => name !== '').join(' · ') || address;
  return [cluster, namespaceName(server)].filter((name) => name !== '').join(' · ');
}
