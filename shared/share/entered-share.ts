import { isShareTwiceEncoded, wholeShare, wordsOf } from '../input/in-the-clear';
import { isWholeMessage } from '../input/pgp-message';
import { tidied, unmarkedLines, unwrapped } from '../input/tidy';
import { shareIn } from '../input/value';
import { parseShare, type Share, shareOfBytes } from './share';
import { holdsCard, isCardBeginning, isCardText, parseCard } from './share-card';
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
export function holdsShare(text: string): boolean {
  if (/ur:[a-z0-9-]+\//i.test(text)) return false;
  const joined = tidied(text, 'share');
  // Its lines may be as long as shares are.
  if (isWholeMessage(joined)) return false;
  if (wordsOf(text).some(isShareWord)) return true;
  if (isShareTwiceEncoded(joined) || holdsCard(text)) return true;
  return (isHexShare(joined) || isWrapped(text)) && isShareWord(joined);
}

const isHexShare = (word: string): boolean => /^[0-9a-f]+$/i.test(word);

/** Of words and names as long as a share in base64, none has letters of both cases and is no share. */
const isShareWord = (word: string): boolean =>
  wholeShare(word) !== null && (isHexShare(word) || (/[A-Z]/.test(word) && /[a-z]/.test(word)));

/** Whether a text is one word that was broken into lines: all are equally long, but for the last. */
function isWrapped(text: string): boolean {
  const lines = unmarkedLines(unwrapped(text)).filter((line) => line !== '');
  const [first = ''] = lines;
  return lines.every((line, at) =>
    at === lines.length - 1 ? line.length <= first.length : line.length === first.length && !/\s/.test(line),
  );
}
