import { parseShare, type Share, shareOfBytes } from './share';
import { isCardText, parseCard } from './share-card';

/**
 * The key share that was typed, pasted or scanned, in whichever form it is: hex, base64, or the groups of a share card.
 * `threshold` as for `parseShare`. Throws `ShareError`.
 */
export function enteredShare(text: string, threshold?: number): Share {
  if (!isCardText(text)) return parseShare(text, threshold);
  return shareOfBytes(parseCard(text).bytes, 'card', threshold);
}
