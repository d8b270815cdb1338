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

/** Whether a text has the form of a whole share of a server-made key, where something else is expected. */
export const isShareText = (text: string): boolean =>
  /^(?:[0-9a-f]{2}){32,33}$/i.test(text.replace(/\s/g, '')) || isCardText(text);
