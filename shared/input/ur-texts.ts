import { QrError } from '../qr/qr-error';
import { parseUr } from '../qr/ur-part';
import { unmarkedLines } from './tidy';

/** Where a code's text begins, whatever stands before it: a field of one line has lost the line ends. */
const beginning = /(?=ur:[a-z0-9-]+\/)/iu;
const body = /^ur:[a-z0-9-]{1,60}\/(?:\d{1,10}-\d{1,10}\/)?[a-z]*/i;
/** What a mail program puts at the end of a line that goes on. */
const softEnd = /=$/;
/** Words that a message was wrapped into, at most, and words at its end that may be none of it. */
const mostWords = 4000;
const mostTries = 100;

/**
 * The texts of codes in text that people have: with line ends in them, with words around them, quoted,
 * indented, answered by mail. Where a code ends is told by its checksum. What holds no code comes back as
 * one text, for its reader to say what it is. Empty where there is nothing to see.
 */
export function urTexts(text: string): string[] {
  const words = unmarkedLines(text)
    .flatMap((line) => line.split(/\s+/))
    .flatMap((word) => word.split(beginning))
    .filter((word) => word !== '');
  const found: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!/^ur:/i.test(word)) continue;
    const pieces = [word.replace(softEnd, '')];
    while (pieces.length < mostWords && /[a-z/]$/i.test(pieces.at(-1) ?? '')) {
      const next = (words[at + 1] ?? '/').replace(softEnd, '');
      if (!/^[a-z]*[^a-z0-9]*$/i.test(next) || next === '/') break;
      pieces.push(next);
      at++;
    }
    found.push(joined(pieces));
  }
  if (found.length > 0) return found;
  const whatever = text.trim();
  return whatever === '' ? [] : [whatever];
}

/** The code that begins with the first piece, and has as many of the others as make its checksum fit. */
function joined(pieces: readonly string[]): string {
  const whole = cut(pieces.join(''));
  if (fits(whole)) return whole;
  for (let less = 1; less < Math.min(pieces.length, mostTries); less++) {
    const text = cut(pieces.slice(0, -less).join(''));
    if (fits(text)) return text;
  }
  for (let count = 1; count < Math.min(pieces.length, mostTries); count++) {
    const text = cut(pieces.slice(0, count).join(''));
    if (fits(text)) return text;
  }
  return whole;
}

const cut = (text: string): string => body.exec(text)?.[0] ?? text;

function fits(text: string): boolean {
  try {
    parseUr(text);
    return true;
  } catch (error) {
    if (error instanceof QrError) return error.code !== 'damaged';
    throw error;
  }
}

/**
 * Whether a text is a code as a scanner types it whose keyboard layout is another than the computer's: of
 * “UR:AIRLOCK/” at least some letters come out right, and the signs do not.
 */
export const isOtherLayout = (text: string): boolean =>
  !/ur:[a-z0-9-]+\//i.test(text) &&
  /^\s*ur[^a-z0-9\s]{0,2}[a-zà-ÿ]?[aq]irlo[ck][ck]?[^a-z0-9\s]/iu.test(text);

export const otherLayout =
  'This is a code whose signs came out wrong: the scanner types for another keyboard layout than this computer is set to. Set both to the same layout (US English for most scanners), and scan it again. Or use the camera, a picture or a file.';
