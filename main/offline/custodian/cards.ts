import type { StationContext } from '../../station/context';
import type { Journal } from '../../store/journal';
import type { OpenCeremony } from '../open-ceremony';
import type { ShareAtHome } from './share-at-home';
import { type ShareCard, shareCard } from './share-card';

/** Share cards of the share that is held: in the open ceremony, else at home. */
export class Cards {
  /** `homeJournal`: that of what happens outside of any ceremony. */
  constructor(
    private readonly context: StationContext,
    private readonly ceremony: OpenCeremony,
    private readonly home: ShareAtHome,
    private readonly homeJournal: () => Journal,
  ) {}

  /**
   * The card of the share that is held. That it goes out in the clear is recorded first. Throws
   * `StationError` 'no-share', 'wrong-role'.
   */
  take(): ShareCard {
    if (this.ceremony.current === null) {
      return shareCard(this.context, { ...this.home.shareForCard(), rehearsal: false });
    }
    const desk = this.ceremony.custodian();
    return shareCard(this.context, { ...desk.shareForCard(), rehearsal: desk.state.rehearsal });
  }

  /** Records that a card which was taken came to nothing: `why` in a few words. */
  failed(why: string): void {
    const journal = this.ceremony.current?.file.journal ?? this.homeJournal();
    journal.append('exception', { text: `The share card did not come about: ${why}` });
  }
}
