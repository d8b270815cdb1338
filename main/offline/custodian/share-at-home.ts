import { wipe } from '../../../shared/bytes';
import type { CustodyView } from '../../../shared/ipc/offline/custody';
import type { Share } from '../../../shared/share/share';
import type { StationContext } from '../../station/context';
import { StationError } from '../../station/station-error';
import { compareWithRecorded, listRecords, recordShare } from '../../store/custody';
import type { Journal } from '../../store/journal';
import { openEntry, replacement, type ShareEntry } from './share-entry';

interface Held {
  readonly share: Share;
  readonly cluster: string;
  readonly seenBefore: 'first' | 'matches';
  readonly firstEntered: string;
}

/**
 * A custodian's share outside of any ceremony. It is entered once, so that later typing errors are noticed.
 * It is entered again to see that it is still the same one. It is put on paper.
 */
export class ShareAtHome {
  private held: Held | null = null;

  constructor(
    private readonly context: StationContext,
    private readonly journal: () => Journal,
  ) {}

  /**
   * Checks a share and holds it in memory. `cluster`: how the person calls the server (name, id or address);
   * where it is '', the share must be known already. Throws `ShareError`, `OpenPgpError`, and `StationError`
   * 'share-differs', 'no-cluster' or 'wrong-role'.
   */
  async enter(entry: ShareEntry, cluster: string): Promise<void> {
    if (this.context.identity().role !== 'custodian')
      throw new StationError('wrong-role', 'Shares are for custodians. This laptop’s person is not one.');
    const name = cluster.trim();
    const share = await openEntry(entry);
    const { home, random } = this.context;
    const recorded = compareWithRecorded(home, [name], share);
    const replaces = replacement(entry, recorded, share);
    if (recorded.kind === 'first' && name === '') {
      wipe(share.bytes);
      throw new StationError(
        'no-cluster',
        'This share was not entered here before. Say which server it is for, so that it can be checked from now on.',
      );
    }
    const now = this.context.clock().toISOString();
    if (replaces !== null) this.journal().append('exception', { text: replaces });
    const known = recorded.kind === 'matches' ? recorded.record : null;
    const heldName = name === '' ? (known?.cluster ?? '') : name;
    const firstEntered = known?.firstEntered ?? now;
    if (recorded.kind !== 'matches' || (name !== '' && !recorded.named))
      recordShare(home, [heldName], share, firstEntered, random);
    this.forget();
    this.held = { share, cluster: heldName, seenBefore: known === null ? 'first' : 'matches', firstEntered };
  }

  /** Overwrites the held share. What is recorded of it stays. */
  forget(): void {
    wipe(this.held?.share.bytes);
    this.held = null;
  }

  /** For which server a share is held; null where none is. */
  get heldFor(): string | null {
    return this.held?.cluster ?? null;
  }

  get holdsShare(): boolean {
    return this.held !== null;
  }

  /**
   * The held share for a card. The home's journal says first that it goes out in the clear. Throws
   * `StationError` 'no-share'.
   */
  shareForCard(): { readonly share: Share; readonly cluster: string } {
    if (this.held === null)
      throw new StationError('no-share', 'The share is no longer in memory. Enter it again.');
    this.journal().append('plain-crossing', { what: 'share', direction: 'out' });
    return this.held;
  }

  /** What the window shows: never the share. */
  view(): CustodyView {
    const { held } = this;
    return {
      records: listRecords(this.context.home),
      held:
        held === null
          ? null
          : {
              cluster: held.cluster,
              length: held.share.bytes.length,
              x: held.share.x,
              seenBefore: held.seenBefore,
              firstEntered: held.firstEntered,
            },
    };
  }
}
