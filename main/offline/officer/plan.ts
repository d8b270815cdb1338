import { atStep } from '../../../shared/ceremony/ceremony-error';
import { givingRoster } from '../../../shared/ceremony/giving-roster';
import type { PlanDraft } from '../../../shared/ceremony/plan';
import { expectMessage } from '../../../shared/message/direction';
import type { SignedMessage } from '../../../shared/message/wire';
import type { Carrier } from '../../station/carrier';
import { knownKeys, listPeople } from '../../store/people';
import { signerKnownAs } from '../signer';
import { aloneException, plainDraft, planForTranscript, rosterOf } from './agreed-plan';
import { withKeyDigests } from './key-digests';
import { requireRoom } from './plan-size';
import { type FactsByHand, factsByHand, factsOfStation } from './server-facts';
import type { OfficerWork } from './work';

/** The plan of a ceremony: for which server, by whom, what for. */
export class PlanDesk {
  constructor(private readonly work: OfficerWork) {}

  /** Keeps the plan as typed so far. The rehearsal mark is set when the ceremony begins, and stays. */
  saveDraft(draft: PlanDraft): void {
    this.work.file.become(
      this.work.next({
        type: 'draft-changed',
        draft: { ...draft, rehearsal: this.work.state.draft.rehearsal },
      }),
    );
  }

  /**
   * Takes what an operator without a station reads out. The transcript says that it came unsigned. Throws
   * `CeremonyError` 'wrong-step', and as `factsByHand` does.
   */
  takeByHand(facts: FactsByHand): void {
    const next = this.work.next({ type: 'server-learned', server: factsByHand(facts) });
    this.work.file.journal.append('plain-crossing', { what: 'server-facts', direction: 'in' });
    this.work.file.become(next);
  }

  /**
   * Takes the station's introduction into the plan, from someone known here as an operator. Throws
   * `MessageError`, `StationError` 'signer-of-other-role', `CeremonyError` 'wrong-step',
   * 'rehearsal-mismatch'.
   */
  async takeStation(message: SignedMessage, carrier: Carrier): Promise<void> {
    const { fingerprint } = await signerKnownAs(this.work.context, message, 'operator');
    const { body } = expectMessage(message, { types: ['station'], to: 'officer' });
    const server = factsOfStation(body, message.digest, fingerprint, this.work.state.draft.rehearsal);
    const next = this.work.next({ type: 'server-learned', server });
    this.work.file.receive(message, carrier, fingerprint);
    this.work.file.become(next);
  }

  /**
   * Fixes the plan. Throws `CeremonyError` 'wrong-step', 'unknown-person', 'plan-too-large', and as
   * `completePlan` does.
   */
  agree(draft: PlanDraft): void {
    const kept = plainDraft({ ...draft, rehearsal: this.work.state.draft.rehearsal });
    const picked = rosterOf(this.work.context.identity(), listPeople(this.work.context.home), kept.roster);
    const { server } = atStep(this.work.state, ['plan'], 'agree on the plan');
    const threshold = server?.threshold ?? 0;
    const roster = givingRoster(picked, kept, threshold);
    const next = this.work.next({ type: 'plan-agreed', draft: kept, roster });
    const agreed = atStep(next, ['key'], 'agree on the plan');
    // Before anything is recorded: a plan that this refuses was not agreed on.
    requireRoom(agreed);
    const alone = aloneException(roster, agreed.server.threshold, kept);
    this.work.file.journal.append(
      'plan-agreed',
      withKeyDigests(planForTranscript(agreed), knownKeys(this.work.context.home)),
    );
    if (alone !== null)
      this.work.file.journal.append('exception', { text: alone, kind: 'quorum-at-one-station' });
    this.work.file.become(next);
  }
}
