/** Characters of a person's name and of a station's, at most. */
export const nameMax = 80;
export const stationNameMax = 60;

/** What could make one name look like another, or ends one in a PGP key. */
const notInNames = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800<>]/u;
/** Within words these change how letters join, as in Persian names. */
const joiners = /(?<=[\p{L}\p{M}])[\u200c\u200d](?=\p{L})/gu;
/** What could make a line of text look like another one or like several, or steers a terminal. */
const notInLines = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Whether a text can be a name as it is: 1 to `max` ordinary characters, with single spaces between words
 * only.
 */
export const isProperName = (text: string, max: number): boolean =>
  text !== '' &&
  text.length <= max &&
  text === withPlainSpaces(text) &&
  !mixesScripts(text) &&
  !notInNames.test(text.replace(joiners, ''));

/** As much of a name as fits, whole characters only. */
export function shortName(name: string, max: number): string {
  let kept = '';
  for (const character of name) {
    if (kept.length + character.length > max) break;
    kept += character;
  }
  return kept.replace(/[\s\u200c\u200d]+$/u, '');
}

/** Scripts with letters that look like those of another: within a word each stands alone. */
const lookingAlike = ['Latin', 'Cyrillic', 'Greek', 'Coptic', 'Armenian', 'Cherokee', 'Lisu', 'Georgian'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
);

/**
 * Whether a word has letters of several scripts that look alike: “Аda” with a Cyrillic А. Words of one script
 * each may stand side by side, and Latin letters next to Japanese, Chinese, Korean and others that look like
 * nothing else.
 */
const mixesScripts = (text: string): boolean =>
  text
    .normalize('NFKC')
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => lookingAlike.filter((script) => script.test(word)).length > 1);

/**
 * Letters that look, small or capital, like a Latin one, each above it (Unicode Technical Standard 39,
 * confusables).
 */
const lookalikes = new Map(
  [
    ['авсԁеһніјкмоԛрѕтԝхуӏ', 'abcdehhijkmoqpstwxyl'],
    ['αβεηικμνορτυχζςϲγ', 'abehikmvoptuxzccy'],
    ['օոսցհյզք', 'onughjqp'],
    ['ıɑɡ', 'iag'],
  ].flatMap(([theirs = '', latin = '']) =>
    [...theirs].map((letter, i): [string, string] => [letter, latin[i] ?? letter]),
  ),
);

/**
 * What two names have in common that nobody can tell apart by reading: a whole name of another script's
 * letters, too.
 */
export const nameKey = (name: string): string =>
  [...name.replace(joiners, '').normalize('NFKC').toLowerCase()]
    .map((letter) => lookalikes.get(letter) ?? letter)
    .join('');

/** Whether a text is one line, and reads as it is stored. */
export const isPlainLine = (text: string): boolean => text.search(notInLines) < 0;

/** The text as one line of what can be seen of it. */
export const plainLine = (text: string): string => withPlainSpaces(text.replace(notInLines, ' '));

/** The text without white space around it, and with single spaces within. */
export const withPlainSpaces = (text: string): string => text.trim().replace(/\s+/g, ' ');

/**
 * Text of lines without what would steer a terminal: names, file names and answers of servers are other
 * people's.
 */
export const forTerminal = (text: string): string =>
  text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t' ? character : '?',
  );
