/**
 * What a scanner that types has typed so far. It is told from a person by its speed; one that is set to be
 * slow, by what every code of ours begins with.
 */
export interface Typing {
  readonly text: string;
  /** When the last key came, milliseconds. */
  readonly last: number;
  /** The longest gap between two of its keys so far, milliseconds. */
  readonly gap: number;
  /** Keys one after the other that came faster than any person types. */
  readonly fast: number;
}

export const freshTyping: Typing = { text: '', last: Number.NEGATIVE_INFINITY, gap: 0, fast: 0 };

/** No person has less than this between two keys for long, and most scanners have less. Milliseconds. */
const fastGap = 40;
/** So many fast keys are no accident of two fingers. */
const surely = 4;
/** What begins as our codes do may come this slowly. Milliseconds. */
const slowGap = 400;
/** Fewer characters than any code has. */
const shortest = 20;
/** A scanner that sends no Enter is through when nothing has come for this long, or for some of its gaps. */
const quiet = 300;
const gaps = 4;

/** Enter, or what scanners are set to send instead. */
const suffixes: ReadonlySet<string> = new Set(['Enter', 'Tab']);

export interface Step {
  readonly typing: Typing;
  /** The key is a scanner's: nothing else is to see it. */
  readonly caught: boolean;
  /** The text is whole. */
  readonly whole: boolean;
}

/** One more key, at a time in milliseconds. */
export function nextKey(typing: Typing, key: string, at: number): Step {
  const since = at - typing.last;
  const goesOn = since <= (mayBeOurs(typing.text) ? slowGap : fastGap);
  if (suffixes.has(key)) {
    const whole = goesOn && isScanner(typing) && typing.text.length >= shortest;
    return { typing: whole ? typing : freshTyping, caught: whole, whole };
  }
  // Shift and the like come between the letters of a scanner.
  if (key.length !== 1) return { typing, caught: false, whole: false };
  const next: Typing = goesOn
    ? {
        text: typing.text + key,
        last: at,
        gap: Math.max(typing.gap, since),
        // A key that is held down repeats as fast.
        fast: since <= fastGap && key !== typing.text.at(-1) ? typing.fast + 1 : typing.fast,
      }
    : { text: key, last: at, gap: 0, fast: 0 };
  return { typing: next, caught: next.text.length > 1 && isScanner(next), whole: false };
}

/** How long to wait before what was typed counts as whole, milliseconds; null where it can't be. */
export const waitFor = (typing: Typing): number | null =>
  isScanner(typing) && typing.text.length >= shortest ? Math.max(quiet, gaps * typing.gap) : null;

const isScanner = (typing: Typing): boolean => typing.fast >= surely || beginsAsOurs(typing.text);

/**
 * “UR:AIRLOCK/” on any keyboard layout: the letters of its first word are at least mostly the same, and the
 * sign between is anything. Two letters alone may be a person's.
 */
const mayBeOurs = (text: string): boolean => /^ur?$/i.test(text) || beginsAsOurs(text);

const beginsAsOurs = (text: string): boolean => /^ur[^a-z0-9\s]/iu.test(text);
