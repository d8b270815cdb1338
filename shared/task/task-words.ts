/** A task in plain words, the same for everyone who reads the plan. */
export interface TaskWords {
  /** What is done, in one line. */
  readonly title: string;
  /** What there is to know about it, one sentence each. */
  readonly points: readonly string[];
}

/** The name by which a person of the roster is known; undefined for anyone else. `fingerprint`: hex. */
export type NameOf = (fingerprint: string) => string | undefined;

/** A recipient in a sentence. */
export const recipientName = (fingerprint: string, nameOf: NameOf): string =>
  nameOf(fingerprint) ?? `somebody who is not on the roster (key ${fingerprint.slice(0, 8).toUpperCase()})`;

/** What is in a plan of one line, and what it is about besides. */
export const aboutPoint = (about: string): string[] =>
  about === '' ? [] : [`It is described as “${about}”.`];
