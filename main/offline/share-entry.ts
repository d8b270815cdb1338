import { wipe } from '../../shared/bytes';
import { enteredShare } from '../../shared/share/entered-share';
import { openPgpShare } from '../../shared/share/pgp-share';
import { type Share, shareOfBytes } from '../../shared/share/share';
import type { Recorded } from '../store/custody';
import { StationError } from './station-context';

/**
 * How a share is entered: as text (hex, base64 or a share card; typed, pasted, scanned or from a file), or as `init`
 * with PGP keys handed it out. `replacesRecorded`: the person says that the server was rekeyed since.
 */
export type ShareEntry =
  | { readonly kind: 'text'; readonly text: string; readonly replacesRecorded?: boolean | undefined }
  | {
      readonly kind: 'pgp';
      readonly text: string;
      readonly privateKey: string;
      readonly passphrase: string;
      readonly replacesRecorded?: boolean | undefined;
    };

/** The share that was entered; its length must suit `threshold` where that is known. Throws `ShareError`, `OpenPgpError`. */
export async function openEntry(entry: ShareEntry, threshold?: number): Promise<Share> {
  if (entry.kind === 'text') return enteredShare(entry.text, threshold);
  const { bytes, encoding } = await openPgpShare(entry.text, entry.privateKey, entry.passphrase);
  return shareOfBytes(bytes, encoding, threshold);
}

/**
 * Throws `StationError` 'share-differs', and wipes the share, where another one was recorded for this server and the
 * person hasn't said that it was rekeyed.
 */
export function refuseAnother(entry: ShareEntry, recorded: Recorded, share: Share): void {
  if (recorded.kind !== 'differs' || entry.replacesRecorded === true) return;
  wipe(share.bytes);
  throw new StationError(
    'share-differs',
    `This isn't the share that was entered here on ${recorded.record.firstEntered.slice(0, 10)} for the same server. Look for a typing error first. If the server was rekeyed since, say so below and enter it again.`,
  );
}
