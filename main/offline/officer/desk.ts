import { toHex } from '../../../shared/bytes';
import {
  newOfficerCeremony,
  type OfficerCeremony,
  officerCeremony,
  startOf,
} from '../../../shared/ceremony/officer';
import type { StationContext } from '../../station/context';
import type { Outbound } from '../../station/outbox';
import { StationError } from '../../station/station-error';
import { CeremonyFile } from '../ceremony-file';
import { AmendmentDesk } from './amendment';
import { HandoffDesk } from './handoff';
import { KeyDesk } from './key';
import { PlanDesk } from './plan';
import { ResultDesk } from './result';
import { ScriptDesk } from './script/desk';
import { TokenDesk } from './token';
import { OfficerWork } from './work';

type OfficerFile = CeremonyFile<OfficerCeremony>;

/** The officer's work on one ceremony: plan, key or OTP, start message, result, token, and their end. */
export class OfficerDesk {
  readonly plan: PlanDesk;
  readonly script: ScriptDesk;
  readonly key: KeyDesk;
  readonly amendment: AmendmentDesk;
  readonly result: ResultDesk;
  readonly token: TokenDesk;
  readonly handoff: HandoffDesk;

  private constructor(private readonly work: OfficerWork) {
    this.plan = new PlanDesk(work);
    this.script = new ScriptDesk(work);
    this.key = new KeyDesk(work);
    this.amendment = new AmendmentDesk(work);
    this.result = new ResultDesk(work);
    this.token = new TokenDesk(work);
    this.handoff = new HandoffDesk(work, this.token);
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
    return new OfficerDesk(new OfficerWork(context, file));
  }

  /** Opens one that lies on disk. `id`: hex. Throws `StationError` 'no-ceremony', `StoreError`. */
  static open(context: StationContext, id: string): OfficerDesk {
    const file = CeremonyFile.open(context, officerCeremony, id, (state) => state.draft.rehearsal);
    return new OfficerDesk(new OfficerWork(context, file));
  }

  get file(): OfficerFile {
    return this.work.file;
  }

  get state(): OfficerCeremony {
    return this.work.state;
  }

  /** The start message in force, as it goes out; null where there is none. */
  get outbound(): Outbound | null {
    const digest = startOf(this.state);
    return digest === null ? null : startOutbound(this.file, digest);
  }

  /** The station has the start message. Throws `CeremonyError` 'wrong-step'. */
  startSent(): void {
    this.work.file.become(this.work.next({ type: 'start-sent' }));
  }

  /** Shows the start message again. Throws `CeremonyError` 'wrong-step'. */
  startAgain(): void {
    this.work.file.become(this.work.next({ type: 'start-again' }));
  }

  /**
   * Back to the plan, for another server, roster or method, while there is no result. What was made so far is
   * withdrawn and destroyed. An attempt that still runs with it can't be decoded any more, and has to be
   * cancelled. Throws `CeremonyError` 'wrong-step', `StoreError` 'cannot-destroy'.
   */
  reopenPlan(): void {
    const next = this.work.next({ type: 'plan-reopened' });
    // Written before the key is gone; a start that never left this laptop is then not looked for elsewhere.
    this.withdrawPlan('the officer went back to the plan');
    this.key.destroy();
    this.work.file.become(next);
  }

  /** The plan as it went out, with what changed it later. */
  private withdrawPlan(reason: string): void {
    this.work.file.withdrawAll('start', reason);
    this.work.file.withdrawAll('amendment', reason);
  }

  /**
   * Overwrites and deletes the ceremony's key or OTP, where one was made. From then on nothing can be decoded
   * here; the ceremony is ready to be signed off. Throws `StoreError` 'cannot-destroy', and then nothing has
   * changed.
   */
  destroySecret(): void {
    const { state } = this.work;
    const answered = 'result' in state || ('attempt' in state && state.attempt !== null);
    const next = this.work.next({ type: 'secret-destroyed', at: this.work.context.clock().toISOString() });
    this.token.forget();
    if (!answered) {
      this.withdrawPlan('the officer gave the ceremony up');
    }
    if (!this.key.destroy()) {
      this.work.file.journal.append('exception', {
        text: 'The officer gave the ceremony up, and nothing that was made for it was left to destroy',
      });
    }
    this.work.file.become(next);
  }
}

/** A start message of this ceremony as it goes out. `digest`: hex. Throws `StationError` 'no-message'. */
export const startOutbound = (file: OfficerFile, digest: string): Outbound => ({
  message: file.message(digest, 'start'),
  title: 'Start',
});
