import { type Share, wholeKeyLength } from '../../../shared/share/share';
import { cardGroups, cardQrText } from '../../../shared/share/share-card';
import { fingerprintWords } from '../../../shared/words';
import type { StationContext } from '../../station/context';

/** Everything that stands on a share card. `groups` and `qrText` are the share itself. */
export interface ShareCard {
  readonly groups: readonly string[];
  readonly qrText: string;
  /** Name, id or address of the server's cluster. */
  readonly cluster: string;
  readonly custodian: string;
  /** Six words of the custodian's fingerprint. */
  readonly words: string;
  readonly station: string;
  /** Bytes of the share. */
  readonly length: number;
  /** Its x-coordinate, or null for a whole key (threshold 1), which has none. */
  readonly x: number | null;
  /** ISO time, by this laptop's clock. */
  readonly made: string;
  readonly rehearsal: boolean;
}

/** The card of a share, in the name of the person at the station. */
export function shareCard(
  context: StationContext,
  { share, cluster, rehearsal }: { share: Share; cluster: string; rehearsal: boolean },
): ShareCard {
  const { name, fingerprint, station } = context.identity();
  return {
    groups: cardGroups(share),
    qrText: cardQrText(share),
    cluster,
    custodian: name,
    words: fingerprintWords(fingerprint),
    station,
    length: share.bytes.length,
    x: share.bytes.length === wholeKeyLength ? null : share.x,
    made: context.clock().toISOString(),
    rehearsal,
  };
}

/** Puts a share card on paper. The desktop has a printer; the command line and tests have none. */
export interface Paper {
  /** Asks by the system's own dialog, and prints. Throws `StationError` 'not-printed' with the reason. */
  print(card: ShareCard): Promise<'printed' | 'cancelled'>;
  /** The same page as the bytes of a PDF, for the caller to wipe. Throws `StationError` 'not-printed'. */
  pdf(card: ShareCard): Promise<Uint8Array>;
}
