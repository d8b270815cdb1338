import { fromHex, toHex } from '../../../shared/bytes';
import { atStep, CeremonyError } from '../../../shared/ceremony/ceremony-error';
import { refuseOtherTasks } from '../../../shared/ceremony/outcome-check';
import { expectMessage } from '../../../shared/message/direction';
import { MessageError } from '../../../shared/message/message-error';
import { seal, sealingKeyId } from '../../../shared/message/seal';
import type { SignedMessage } from '../../../shared/message/wire';
import { tokenKindWords } from '../../../shared/token/token-kind';
import type { Carrier } from '../../station/carrier';
import type { Outbound } from '../../station/outbox';
import { StationError } from '../../station/station-error';
import { listPeople } from '../../store/people';
import { hasBrought } from '../brought';
import { sign, signerOf, signerOnRoster } from '../signer';
import { outcomeIn } from '../taken-outcome';
import type { TokenDesk } from './token';
import type { OfficerWork } from './work';

/** The token goes to a station, sealed, and what became of it comes back. */
export class HandoffDesk {
  constructor(
    private readonly work: OfficerWork,
    private readonly token: TokenDesk,
  ) {}

  /**
   * Seals the token to the station whose result was taken. The token stays in memory until the outcome is
   * here, or the person forgets it. Done twice, it is the same message. Only a root token is handed over: no
   * other can be looked up and revoked by itself. Throws `CeremonyError` 'wrong-step', 'token-kind',
   * `StationError` 'no-token', 'no-station-key', `MessageError`, `StoreError`.
   */
  async handOver(): Promise<void> {
    const { work } = this;
    const { state, context, file } = work;
    const taken = atStep(state, ['decode'], 'hand the token over');
    if (taken.token !== null && taken.token.handoff !== null) return;
    const { tokenKind } = taken.draft;
    if (tokenKind !== 'root') {
      throw new CeremonyError(
        'token-kind',
        `A station takes root tokens only: ${tokenKindWords(tokenKind).one} can’t be looked up there. ${tokenKindWords(tokenKind).ends} Show it by hand.`,
      );
    }
    const { station, nonce } = taken.result;
    const now = context.clock();
    if (station === null || Date.parse(station.expiresAt) <= now.getTime()) throw noKey(station !== null);
    const sealingKey = fromHex(station.sealingKey);
    const sealed = await seal(this.token.bytes, sealingKey, {
      purpose: 'handoff',
      ceremony: file.idBytes,
      nonce,
      expiresAt: station.expiresAt,
      sender: context.identity().fingerprint,
    });
    const message = await sign(context, {
      type: 'handoff',
      ceremony: file.idBytes,
      prev: resultDigest(work),
      body: {
        nonce,
        sealedTo: sealingKeyId(sealingKey),
        sealed,
        expiresAt: station.expiresAt,
        to: fromHex(station.operator),
      },
    });
    const handoff = { digest: toHex(message.digest), station: station.label, at: now.toISOString() };
    const next = work.next({ type: 'handed-over', handoff });
    // A crash may have left one behind that nobody has seen.
    file.withdrawAll('handoff', 'the program ended before it was shown');
    file.send(message, 'qr');
    file.become(next);
  }

  /** The handoff as it goes out; null where none was made, or the token has come to its end. */
  get outbound(): Outbound | null {
    const { state } = this.work;
    if (state.step !== 'decode' || !state.token?.handoff) return null;
    return { message: this.work.file.message(state.token.handoff.digest, 'handoff'), title: 'Handoff' };
  }

  /**
   * Takes what became of the token, from the station that it was handed over to, in answer to this very
   * handoff. That the server refuses the token is that station's word: a laptop can't ask the server. The
   * token in memory is overwritten. Returns what the officer knows that station as. Throws `CeremonyError`,
   * `MessageError`.
   */
  async takeOutcome(message: SignedMessage, carrier: Carrier): Promise<string> {
    const { context, file, state } = this.work;
    await signerOf(context, message);
    const expected = { types: ['outcome'], to: 'officer', ceremony: file.idBytes } as const;
    expectMessage(message, expected);
    const taken = atStep(state, ['decode', 'destroy'], 'take the outcome');
    const handoff = taken.token?.handoff ?? null;
    if (handoff === null) {
      throw new CeremonyError(
        'wrong-step',
        'The token was handed over to no station from here, so this is the outcome of something else. Nothing was changed. Ask the operator what it is.',
      );
    }
    const sender = await signerOnRoster(context, message, taken.roster);
    const { body, from } = expectMessage(message, {
      ...expected,
      sender,
      nonce: taken.result.nonce,
      prev: fromHex(handoff.digest),
    });
    if (toHex(from) !== taken.result.station?.operator) {
      throw new MessageError(
        'wrong-sender',
        `This outcome is signed by ${sender.name}, and the token was sealed to the station ${handoff.station}, which is somebody else’s. It proves nothing. Do not use it, and ask ${sender.name} how it came about.`,
      );
    }
    refuseOtherTasks(body, taken.draft.tasks);
    const digest = toHex(message.digest);
    const next = this.work.next({
      type: 'outcome-taken',
      outcome: {
        digest,
        // As the officer knows it: a station could call itself anything here.
        station: handoff.station,
        accessor: body.accessor,
        proof: body.proof,
        at: context.clock().toISOString(),
      },
    });
    file.receive(message, carrier, from);
    file.journal.append('revocation-reported', { outcome: digest, by: handoff.station });
    this.token.forget();
    file.become(next);
    return handoff.station;
  }

  /**
   * Whose the station of the result is, by the name that this laptop knows them by: a station can call itself
   * anything. '' where the result names no key of one.
   */
  get operator(): string {
    const { state, context } = this.work;
    const station = 'result' in state ? state.result.station : null;
    if (station === null) return '';
    const known = listPeople(context.home).find(({ fingerprint }) => toHex(fingerprint) === station.operator);
    return known?.name ?? 'someone no longer known here';
  }

  /** The outcome that was taken, also once the ceremony's key is destroyed; null where none was. */
  get outcome(): SignedMessage<'outcome'> | null {
    const { file } = this.work;
    const digest = outcomeIn(file);
    return digest === null ? null : file.message(digest, 'outcome');
  }

  /** Whether a task of the plan has brought something back for this officer. */
  get hasBrought(): boolean {
    const { outcome } = this;
    return outcome !== null && hasBrought(outcome, this.work.context.identity());
  }
}

/** Digest of the result that is in force: the one that was taken last. */
function resultDigest({ file }: OfficerWork): Uint8Array {
  const digests = file.journal
    .entries()
    .flatMap((line) =>
      line.event === 'message-received' && line.data.type === 'result' ? [line.data.digest] : [],
    );
  return fromHex(digests.at(-1) ?? '');
}

const noKey = (late: boolean): StationError =>
  new StationError(
    'no-station-key',
    late
      ? 'The station’s key had its time, so the token can’t be sealed to it any more. Ask the operator to make the result anew, with a new key, and take it in. Or show the token by hand, and have it revoked that way.'
      : 'This result names no key of a station: it came unsigned, or from an earlier version of Airlock. Show the token by hand, and have it revoked that way.',
  );
