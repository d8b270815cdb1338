/**
 * What to do when a root token may live that nobody holds: a sentence for the operator. `what`: a clause that
 * says how the server's answer was lost. `now`: about when the token was made.
 */
export const sweepSentence = (what: string, now: Date): string =>
  `The share that was sent was the last, or may have been, and this station does not hold the server's answer: ${what}. First ask the other stations of this ceremony: where one has the result, the token is the officer's to decode, and nothing is to be swept. Else: the server gives the last answer only once, so a live root token may exist now that nobody holds. Sweep for it: with a token that may, list the accessors (auth/token/accessors), look each up, and revoke every one with policy root and path auth/token/root that was created about ${now.toISOString().slice(0, 16)}Z. If an attempt is open still, cancel it; then start anew.`;

/** What a terminal adds to it. */
export const sweepCommands =
  'To list: vault list auth/token/accessors. To look up: vault token lookup -accessor ACCESSOR. To revoke: airlock online revoke --accessor ACCESSOR. To cancel: airlock online cancel';
