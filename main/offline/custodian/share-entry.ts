import { AirlockError } from '../../../shared/airlock-error';
import { wipe } from '../../../shared/bytes';
import { dayName } from '../../../shared/ceremony/shown-names';
import { plainText } from '../../../shared/input/plain-bytes';
import { urTexts } from '../../../shared/input/ur-texts';
import { parseWire } from '../../../shared/message/wire';
import type { Passphrase } from '../../../shared/openpgp/s2k';
import { UrReader } from '../../../shared/qr/ur';
import { enteredShare } from '../../../shared/share/entered-share';
import { openPgpShare } from '../../../shared/share/pgp-share';
import { type Share, shareOfBytes } from '../../../shared/share/share';
import { ShareError } from '../../../shared/share/share-error';
import { shareInBytes } from '../../../shared/share/share-in-bytes';
import { StationError } from '../../station/station-error';
import type { Recorded } from '../../store/custody';

/**
 * How a share is entered: as text (hex, base64 or a share card; typed, pasted, scanned or from a file), or as
 * `init` with PGP keys handed it out.
 */
export type ShareEntry = {
  readonly replacesRecorded?: Replaces | undefined;
} /** `text` in bytes is UTF-8, and the caller's to wipe; hex and base64 in it are copied nowhere. */ & (
  | { readonly kind: 'text'; readonly text: string | Uint8Array }
  | {
      readonly kind: 'pgp';
      readonly text: string;
      /** Armored, base64, or a file's bytes. */
      readonly privateKey: string | Uint8Array;
      readonly passphrase: Passphrase;
    }
);

/** Why a share takes the place of the recorded one, in the person's own word: nobody else can know. */
type Replaces = 'rekeyed' | 'mistyped';

const onRecord: Readonly<Record<Replaces, string>> = {
  rekeyed:
    'The custodian says that the server was rekeyed: another share than the recorded one was entered for ',
  mistyped:
    'The custodian says that the share was mistyped when it was first entered here: another share than the recorded one was entered for ',
};

/**
 * Checks an entered share, and returns it for the caller to wipe: length, alphabet, typing errors of a card,
 * and that its length suits `threshold` where that is known. Throws `ShareError`, `OpenPgpError`.
 */
export async function openEntry(entry: ShareEntry, threshold?: number): Promise<Share> {
  if (entry.kind === 'text') return openText(entry.text, threshold);
  refuseCode(entry.text);
  const { bytes, encoding } = await openPgpShare(entry.text, entry.privateKey, entry.passphrase);
  return shareOfBytes(bytes, encoding, threshold);
}

/** What isn't as a server writes a share becomes a string, so that it can be said what is wrong with it. */
function openText(text: string | Uint8Array, threshold: number | undefined): Share {
  const share = typeof text === 'string' ? null : shareInBytes(text, threshold);
  if (share !== null) return share;
  const given = typeof text === 'string' ? text : (plainText(text) ?? '');
  refuseCode(given);
  return enteredShare(given, threshold);
}

/** A code's text is longer than any share and would pass for one that is encrypted. */
function refuseCode(text: string): void {
  if (!/(?<![a-z0-9])ur:[a-z0-9-]+\//i.test(text)) return;
  throw new ShareError(
    'not-a-share',
    `This is the text of a code, ${whatIsIn(text)}, and no key share. It was not taken in: enter your own share here, and codes on the screen that asks for one.`,
  );
}

function whatIsIn(text: string): string {
  try {
    const [first = ''] = urTexts(text);
    const read = new UrReader().receive(first);
    if (read.status === 'part') return 'one part of a moving one';
    if (read.status === 'refused') return 'which can’t be read';
    const { type } = parseWire(read.bytes).envelope;
    return `which holds ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type} message`;
  } catch (error) {
    if (error instanceof AirlockError) return 'which can’t be read';
    throw error;
  }
}

/**
 * What the transcript has to say of a share that takes the place of the recorded one; null where it takes
 * none. Throws `StationError` 'share-differs', and wipes the share, where another one was recorded for this
 * server and the person gave no reason.
 */
export function replacement(entry: ShareEntry, recorded: Recorded, share: Share): string | null {
  if (recorded.kind !== 'differs') return null;
  const { cluster, firstEntered } = recorded.record;
  if (entry.replacesRecorded !== undefined) return `${onRecord[entry.replacesRecorded]}${cluster}`;
  wipe(share.bytes);
  throw new StationError(
    'share-differs',
    `This isn't the share that was entered here on ${dayName(firstEntered)} for the same server. Look for a typing error first. If this one is right, say why it is another, and check it again.`,
  );
}
