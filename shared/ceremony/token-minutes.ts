/**
 * How many minutes a root token may live in somebody's hands before the screen gets loud, where the plan says
 * nothing else: an hour. Both makers say of root tokens that they are to be revoked at once after their use.
 */
export const DEFAULT_TOKEN_MINUTES = 60;

/** The longest time that a plan may give: a day. */
export const MOST_TOKEN_MINUTES = 24 * 60;

/** As everyone reads it who looks at the plan. */
export const tokenMinutesSentence = (minutes: number): string =>
  `${minutes === 1 ? '1 minute' : `${minutes} minutes`} after it was decoded the officer’s screen says that its time is over`;
