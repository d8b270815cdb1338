import { fromHex, toHex } from '../../../shared/bytes';
import { atStep } from '../../../shared/ceremony/ceremony-error';
import { type StepIn, whoSeesQuorum } from '../../../shared/ceremony/giving';
import type { OfficerCeremony } from '../../../shared/ceremony/officer';
import { statementFor } from '../../../shared/ceremony/step-in';
import type { Outbound } from '../../station/outbox';
import type { CeremonyFile } from '../ceremony-file';
import { sign } from '../signer';
import type { OfficerWork } from './work';

/** A reserve for a custodian who can't give, and what the officer states of it. */
export interface WantedStep extends StepIn {
  /** Somebody alone may come to have a quorum by it. */
  readonly stated: boolean;
}

/** The plan changed while its attempt is open: reserves step in, by a message that the officer signs. */
export class AmendmentDesk {
  constructor(private readonly work: OfficerWork) {}

  /** The newest amendment, as it goes out; null where there is none, or it is of no use any more. */
  get outbound(): Outbound | null {
    const { state } = this.work;
    const amendment = 'amendment' in state ? state.amendment : null;
    return amendment === null ? null : amendmentOutbound(this.work.file, amendment.digest);
  }

  /**
   * Signs an amendment by which one reserve more steps in, and records it. It names all who stepped in
   * before, too, and takes the place of earlier ones. Throws `CeremonyError` 'wrong-step', 'no-station',
   * 'quorum-too-small', 'quorum-at-one-station' (somebody alone would come to have a quorum, and it isn't
   * stated), and then nothing has changed.
   */
  async amend({ stated, ...step }: WantedStep): Promise<void> {
    const { context, file } = this.work;
    const waiting = atStep(this.work.state, ['start', 'result'], 'let a reserve step in');
    const { roster, server, start, amendment: before } = waiting;
    const steps = [...(before?.steps ?? []), step];
    const number = (before?.number ?? 0) + 1;
    // Held against the rules before it is signed: what must not be is never a signed message.
    this.work.next({ type: 'amended', amendment: { digest: '', number, steps }, stated });
    const alone = whoSeesQuorum(roster, steps, server.threshold);
    const flag = alone.length === 0 ? {} : { quorumAtOneStation: true as const };
    const message = await sign(context, {
      type: 'amendment',
      ceremony: file.idBytes,
      prev: fromHex(start),
      body: {
        number,
        steps: steps.map(({ reserve, insteadOf, givesTo }) => ({
          reserve: fromHex(reserve),
          insteadOf: fromHex(insteadOf),
          givesTo: fromHex(givesTo),
        })),
        ...flag,
      },
    });
    const next = this.work.next({
      type: 'amended',
      amendment: { digest: toHex(message.digest), number, steps },
      stated,
    });
    file.journal.append('plan-amended', { number, steps, ...flag });
    const statement = statementFor({ roster, steps: before?.steps ?? [], threshold: server.threshold }, step);
    if (statement !== null) {
      file.journal.append('exception', {
        kind: 'quorum-at-one-station',
        text: `${statement}. The officer states that it may be so.`,
      });
    }
    file.withdrawAll('amendment', `amendment ${number} takes its place`);
    file.send(message, 'qr');
    file.become(next);
  }
}

/** An amendment of this ceremony as it goes out. `digest`: hex. Throws `StationError` 'no-message'. */
export const amendmentOutbound = (file: CeremonyFile<OfficerCeremony>, digest: string): Outbound => ({
  message: file.message(digest, 'amendment'),
  title: 'Amendment',
});
