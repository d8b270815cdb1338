/**
 * How many minutes a root token may live in somebody's hands before the screen gets loud, where the plan says
 * nothing else: an hour. Both makers say of root tokens that they are to be revoked at once after their use.
 */
export const DEFAULT_TOKEN_MINUTES = 60;
