import type { Verdict } from '../../../shared/qr/frame-judge';

/** What the coach goes by: a code was read, or why not. */
export type Sight = 'read' | Verdict;

/** The coach's memory: what was seen lately, and what is being said. Times in milliseconds. */
export interface Coach {
  readonly sights: readonly { readonly sight: Sight; readonly at: number }[];
  readonly said: Sight | null;
  readonly since: number;
}

export const freshCoach: Coach = { sights: [], said: null, since: Number.NEGATIVE_INFINITY };

/** What is older than this has no say. */
const memory = 1_200;
/**
 * A code that was read stays "found" for this long: between two parts of a moving code, frames are blurred.
 */
const found = 800;
/** What is said stays for this long at least, so that it can be read. */
const hold = 900;
/** Judgements that are needed before anything is said. */
const least = 3;

/**
 * One more frame. What is said changes only when most of the last second agrees; a code that is read says so
 * at once.
 */
export function see(coach: Coach, sight: Sight, at: number): Coach {
  const sights = [...coach.sights.filter((one) => at - one.at < memory), { sight, at }];
  const read = sights.some((one) => one.sight === 'read' && at - one.at < found);
  const next = read ? 'read' : commonest(sights.map((one) => one.sight).filter((one) => one !== 'read'));
  const said = coach.said;
  const settled = at - coach.since >= hold;
  if (next === null || next === said) return { ...coach, sights };
  if (next === 'read' || said === null || settled) return { sights, said: next, since: at };
  return { ...coach, sights };
}

/** What more than half of at least three say; null where they don't agree. */
function commonest(sights: readonly Sight[]): Sight | null {
  if (sights.length < least) return null;
  const counts = new Map<Sight, number>();
  for (const sight of sights) counts.set(sight, (counts.get(sight) ?? 0) + 1);
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return first !== undefined && first[1] > sights.length / 2 ? first[0] : null;
}

/** What to do, in a sentence. */
export const advice: Readonly<Record<Sight, string>> = {
  read: 'Found. Hold it like this.',
  'too-dark': 'Too dark. Turn the other screen to full brightness, or switch on a light.',
  'too-bright': 'Too bright. Tilt the screen away from the light, or turn it down.',
  blurred: 'Blurred. Hold still, and a little further away.',
  'too-small': 'Too small. Come closer, or show the code full screen.',
  'cut-off': 'Cut off. Move so that the whole code with its white margin is in the picture.',
  unclear: 'A code is there, but can’t be read yet. Hold still and straight on, without reflections.',
  nothing: 'No code in sight. Point the camera at the other screen.',
};
