import { isShareTwiceEncoded, sharesIn } from '../input/in-the-clear';
import { shareIn } from '../input/value';
import { parseShare, type Share, shareOfBytes } from './share';
import { isCardBeginning, isCardText, isCardWith, parseCard } from './share-card';
import { ShareError } from './share-error';

/**
 * The key share that was typed, pasted or scanned, in whichever form it is: hex, base64, or the groups of a
 * share card, with what people copy along (shared/input). `threshold` as for `parseShare`. Throws
 * `ShareError`, and `InputError` where more lies in the text than one share.
 */
export function enteredShare(entered: string, threshold?: number): Share {
  const text = shareIn(entered);
  if (isShareTwiceEncoded(text)) throw twiceEncoded();
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

const twiceEncoded = (): ShareError =>
  new ShareError(
    'encoded-twice',
    'This is a key share that was encoded in base64 once more, as Kubernetes shows the values of its secrets. Decode it once (base64 -d), and enter what comes out. It is as secret as the share itself.',
  );

/**
 * Whether key shares lie in a text in the clear, where something else is expected: whole ones in hex or
 * base64, by themselves or among other things, or a card whose groups fit. What only looks a little like one
 * is none: addresses, codes on a wall, messages of Airlock’s.
 */
export const holdsShare = (text: string): boolean =>
  !/ur:[a-z0-9-]+\//i.test(text) &&
  (sharesIn(text).size > 0 ||
    isShareTwiceEncoded(text.replace(/\s+/g, '')) ||
    isCardWith(text, 3) ||
    isJoinedShare(text));

/** A share whose hex is broken into groups or lines. */
const isJoinedShare = (text: string): boolean =>
  text.length <= 400 && sharesIn(text.replace(/\s+/g, '')).size > 0;
