import { parseShare, type Share, shareOfBytes } from './share';
import { isCardBeginning, isCardText, parseCard } from './share-card';
import { ShareError } from './share-error';

/**
 * The key share that was typed, pasted or scanned, in whichever form it is: hex, base64, or the groups of a
 * share card. `threshold` as for `parseShare`. Throws `ShareError`.
 */
export function enteredShare(text: string, threshold?: number): Share {
  if (!isCardText(text)) return shareInHexOrBase64(text, threshold);
  return shareOfBytes(parseCard(text).bytes, 'card', threshold);
}

/**
 * A card that was hardly begun is too short to be told from hex: once it is no share, its own error says
 * more.
 */
function shareInHexOrBase64(text: string, threshold: number | undefined): Share {
  try {
    return parseShare(text, threshold);
  } catch (error) {
    if (error instanceof ShareError && error.code === 'length' && isCardBeginning(text))
      return shareOfBytes(parseCard(text).bytes, 'card', threshold);
    throw error;
  }
}

/** Whether a text has the form of a whole share of a server-made key, where something else is expected. */
export const isShareText = (text: string): boolean =>
  /^(?:[0-9a-f]{2}){32,33}$/i.test(text.replace(/\s/g, '')) || isCardText(text);

/**
 * The same with the forms in base64, which an encoded token may have as well: for where none of these is
 * expected.
 */
export const mayBeShareText = (text: string): boolean =>
  isShareText(text) || /^(?:[0-9a-z+/]{44}|[0-9a-z+/]{43}=)$/i.test(text.replace(/\s/g, ''));
